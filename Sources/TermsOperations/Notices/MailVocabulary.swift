/// The words that mail systems, and this program, use of anybody's message: those that the log may hold of a reply.
///
/// Words that are also names of people are left out, however usual they are: it is the codes that tell what happened. A word
/// that is missing here costs a mark in its place; the message or the reply that is kept apart still has it.
enum MailVocabulary {
  /// Those that are names, too, unless they are written small.
  static let small: Set<String> = ["may", "will"]

  static let words: Set<String> = Set(
    """
    a about abuse address addresses addressed accept acceptance accepted accepting accepts access account accounts action active actively
    administrative administratively administrator admin after again all allow allowed alone already also altogether always an and
    another answer any anymore anything appear appears application are as at attempt attempted attempts attachment attachments
    authenticate authenticated authentication authorization authorized auto automated automatic availability available away
    back backend bad banned be because been before being between big block blocked blocking blocklist blocklisted bounce bounced bounces
    blacklist blacklisted body both buffer busy but by bytes
    can cannot certificate change changed check checked checking cipher clamav class client close closed closes closing code
    command commands communication complete completed component concurrent conf configuration configured conflict congested connect
    connected connecting connection connections contact contained contains content contents contradictory conversion
    could couldn't count country created cut daemon daily data database day days deactivated deadline decline declined default
    defer deferred defined delay delayed delete deleted deliver deliverable delivered deliveries delivering delivery denied deny
    destination detail details detected device did didn't different directory disabled discard discarded disk dmarc dkim dns dnsbl
    do does doesn't domain domains done don't down drop dropped due duplicate during
    each early ehlo either else email e-mail empty encountered encrypted encryption end ended enhanced enough entered enter entry
    envelope eof equal error errors esmtp etrn etc even exceed exceeded exceeds exceeding exchanger exist existent existing exists
    expand expanded expansion expected expired explanation external
    fail failed failing fails failure failures false family fatal feature few file files filter filtered filtering final finally
    first firewall flagged folder follow followed following follows for forbidden format forward forwarded forwarding found from full
    further gateway general generated get gets give given gives go goes gone got gateway greylist greylisted greylisting greylisting greeting
    guest had handed handle handled handshake has hash have having header headers heard held helo help here high hop hops host hosts
    hostname hour hourly hours how however http https i id ident identification identify if ignored illegal immediate immediately implemented
    improper in inactive inbound inbox incident incoming incorrect indicates infected info information initial input insufficient
    interface interim internal internet into intrusion invalid involved io ip ipv4 ipv6 is isn't issue it item its itself
    junk just keep kept kind known lack lacks large last later least left legal legitimate length less level like likely limit limited limits
    line lines link links list listed listing listings load local locally located lock locked log login logged logs long longer
    look looked looking looks lookup loop loops lost low lowered
    machine made mail mailbox mailboxes maildir maildrop mailer mailers mailing mails maintenance make makes malformed malicious malware
    many matches match matched max maximum me means media mechanism memory message messages meta-data method might milter mime minute
    minutes misconfigured mismatch missing mode moment month more moved mta much multiple must mx my
    name named names need needed needs negotiation nested network never new next nexthop no nobody nodata non nonexistent none not
    nothing notice notification notified notify now null number numbers nxdomain
    obsolete occurred of off offer offers ok old on once one only open operating operation operator opt option or order origin original
    other others our ours out outage outbound outcome outgoing outside over overall overflow overload overloaded overquota own owner
    part parts parameter parameters parse partially passed password path per perform period permanent permanently permission
    permissions permit permitted permits person personal phishing pipe place please plus point policies policy pool pop port possible
    possibly postfix postmaster postoffice practices pregreet prefer preference presented pretends prevent prevented previous primary
    priority private problem problems process processed processing prohibited prompt proper properly protection protocol protocols
    provide provided provider proxy ptr public purpose
    query queue queued queues quit quota quotas
    ran rate rates rbl rcpt reach reached read reading ready real really reason reasons receive received receiver receivers receiving
    recent recently recipient recipients recognise recognised recognize recognized record records recover redirect redirected refer
    reference refuse refused refuses refusing regarding register registered reject rejected rejecting rejection rejects relay relayed
    relaying relays remain remote removed replied reply report reported reporting reports repeat repeated reputation request
    requested requests require required requires resend reserved reset resolve resolved resolution resource resources responded
    response responses responsible restricted restriction restrictions result results resume retries retry retried retrying return returned
    returns return-path reverse review rfc right rights route routed router routes routing rule rules run running
    safe said same says scan scanned scanner script second secondary seconds secure secured security see seem seems seen send sender
    senders sending sends sent sequence server servers service services session set several sharing shutdown shut signal signature signed
    silent similar simply since single site size slow smart smtp smtpd smtputf8 so socket soft software some something soon sorry source
    space spam spamhaus spamming specified spf spool ssl stage standard start started starting starttls state status still stop stopped
    storage store stored string strong style subject submission submit submitted success successful successfully such support
    supported suspected suspended suspicious switch syntax system systems
    table taken take takes target tell tells temp temporarily temporary term terminated terminating terms than that the their them then there
    therefore these they this those though thread threshold throttle throttled throttling through throughput throughtput time timed timeout
    times tls to today token too took total traffic transaction transfer transferred transient transmission transmit transmitted
    transport tries triggered true trust trusted try trying turn turned two type
    ultimately unable unacceptable unauthenticated unauthorized unavailable unblock under undeliverable undelivered unexpected
    unfortunately unknown unlisted unless unlikely unpacking unreachable unreadable unrecognised unrecognized unresolvable
    unresponsive unrouteable unroutable unsolicited unsubscribe unsupported until unusual unverified up update upstream url usage use used
    user username users uses using usr
    valid validate validation value various verification verified verify version very via violate violated violates violation virtual
    virus viruses vrfy volume wait waiting want wanted wants warning was wasn't way we website week well were what when where whether
    which while whitelist whitelisted who whole whom why window wish with within without words work working would wrong write
    yes yet you your yours zone
    bin sbin sendmail exim qmail lda lmtp dovecot cyrus sieve procmail exchange outlook gmail google microsoft yahoo
    every hands holds say wrote dsn fell exit leave forged levels people programs calls call thing things nests nest deeper speaks hand
    t s couldn didn doesn don isn wasn won allowlist nope slots room cause causes asked says anything stands nor
    """.split { $0.isWhitespace }.map(String.init))
}
