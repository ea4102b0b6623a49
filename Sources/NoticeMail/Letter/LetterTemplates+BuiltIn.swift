extension LetterTemplates {
  /// The wording of a notice, by the names under which templates call one another.
  ///
  /// `subject`, `text` and `html` are the letter; the others are sentences that they share, so none holds markup.
  static let builtInSources: [String: String] = [
    "subject": """
    {{document}}: {{#isSuperseding}}correction: {{/isSuperseding}}{{#isReminder}}reminder: {{/isReminder}}{{^groups}}new version of {{postedOn.words}}{{/groups}}\
    {{#pending}}{{count.number}} {{#allMaterial}}material {{/allMaterial}}\
    change{{^count.isOne}}s{{/count.isOne}} {{#hasDate}}from {{from.words}}{{#onSeveralDays}} on{{/onSeveralDays}}{{/hasDate}}\
    {{^hasDate}}to come{{/hasDate}}{{/pending}}{{#isHindered}}new version of {{postedOn.words}}{{/isHindered}}\
    {{^pending}}{{#since}}{{count.number}} change{{^count.isOne}}s{{/count.isOne}} in force since {{words}}\
    {{/since}}{{/pending}}{{#dayLabel}} (version {{.}}){{/dayLabel}}
    """,
    "opening": """
    {{#isSuperseding}}This notice supersedes the one that you had of the version of the {{document}} that {{platform}} \
    posted on {{postedOn.words}}{{#dayLabel}} ({{.}}){{/dayLabel}}.{{/isSuperseding}}\
    {{#isReminder}}This is a reminder. You had notice of the version of the {{document}} that {{platform}} posted on \
    {{postedOn.words}}{{#dayLabel}} ({{.}}){{/dayLabel}}{{#pending}}: {{count.number}} of its changes {{#count.isOne}}is{{/count.isOne}}\
    {{^count.isOne}}are{{/count.isOne}} still to take effect{{#hasDate}}, from {{from.words}}\
    {{#onSeveralDays}} on{{/onSeveralDays}}{{/hasDate}}{{/pending}}.{{/isReminder}}\
    {{^startsNoPeriod}}{{platform}} posted a new version of the {{document}} on {{postedOn.words}}{{#dayLabel}} ({{.}}){{/dayLabel}}. These terms \
    {{#entity}}are between you and {{.}}{{/entity}}{{^entity}}bind you{{/entity}}, and this is your notice of the new version: what changes, from which day it binds you, and what you can \
    do.{{/startsNoPeriod}}{{#corrections}} {{>correction}}{{/corrections}}
    """,
    "correction": """
    {{#postponedUntil}}What was still to take effect is put off: nothing of it binds you before {{words}}.\
    {{/postponedUntil}}{{#reclassification}}What changes in {{clauses}} counts as \
    {{#isMaterial}}material{{/isMaterial}}{{#isLegalRequired}}required by law{{/isLegalRequired}}\
    {{#isOther}}not material{{/isOther}}, other than you were told.{{/reclassification}} Reason: {{reason}}
    """,
    "when": """
    {{#hasDate}}{{#isPending}}from{{/isPending}}{{^isPending}}in force since{{/isPending}} {{effectiveOn.words}}{{/hasDate}}\
    {{#awaits}}from a day that is not known yet{{/awaits}}{{#hindrance}}without effect for you{{/hindrance}}
    """,
    "when-first": """
    {{#hasDate}}{{#isPending}}From{{/isPending}}{{^isPending}}In force since{{/isPending}} {{effectiveOn.words}}{{/hasDate}}\
    {{#awaits}}From a day that is not known yet{{/awaits}}{{#hindrance}}Without effect for you{{/hindrance}}
    """,
    "what": """
    {{count.number}} {{#isMaterial}}material change{{^count.isOne}}s{{/count.isOne}}{{/isMaterial}}\
    {{#isLegalRequired}}change{{^count.isOne}}s{{/count.isOne}} that the law requires{{/isLegalRequired}}\
    {{#isOther}}change{{^count.isOne}}s{{/count.isOne}} that {{#count.isOne}}is{{/count.isOne}}\
    {{^count.isOne}}are{{/count.isOne}} not material{{/isOther}}
    """,
    "class": """
    {{#isMaterial}}Material changes{{/isMaterial}}{{#isLegalRequired}}Changes that the law requires{{/isLegalRequired}}\
    {{#isOther}}Changes that are not material{{/isOther}}
    """,
    "counting": """
    {{#awaits}}What changes in {{clauses}} has no date yet: {{#versions}}it waits for changes of {{.}}, whose own notice is still \
    to be given to you, and binds you no earlier than they do.{{/versions}}\
    {{^versions}}it waits until it is on record that you received its notice.{{/versions}}{{/awaits}}\
    {{#hindrance}}What changes in {{clauses}} does not bind you: {{#optedOut}}you opted out, and keep the wording that you agreed \
    to last.{{/optedOut}}{{#takenBack}}it is written on a change that was taken back.{{/takenBack}}\
    {{#notBound}}your agreement ends before, or a notice that it waits for can no longer be given.{{/notBound}}{{/hindrance}}\
    {{#hasDate}}{{#startsNoPeriod}}{{>class}} ({{clauses}}) bind you from the first moment of {{effectiveOn.words}}, by the calendar in \
    {{zone}}. This notice starts no new period.{{/startsNoPeriod}}\
    {{^startsNoPeriod}}{{#counting}}{{#servedByPosting}}{{>class}} bind you from the first moment of {{effectiveOn.words}}, \
    by the calendar in {{zone}}. An earlier notice to you failed, so that the posting on {{postedOn.words}} served in its \
    place; this one starts no new period.{{/servedByPosting}}\
    {{#isHeldOnPosting}}What changes in {{clauses}} would take effect on posting, that is on \
    {{postedOn.words}}; but {{#waits}}it waits for an earlier change to the same words that is still to take effect, and binds you \
    from the first moment of {{effectiveOn.words}}.{{/waits}}{{#wholeVersion}}this version takes effect as a whole, on the latest \
    of its dates: {{effectiveOn.words}}.{{/wholeVersion}}{{#isPutOff}}it is put off, and binds you from the first moment of \
    {{effectiveOn.words}}.{{/isPutOff}}{{/isHeldOnPosting}}\
    {{^isHeldOnPosting}}{{^servedByPosting}}{{#formOnly}}Those of the changes that touch form alone take effect {{/formOnly}}\
    {{^formOnly}}{{>class}}{{#sharesClass}} ({{clauses}}){{/sharesClass}} {{#isHeld}}would {{/isHeld}}take effect {{/formOnly}}\
    {{#onPosting}}on posting, that is on {{postedOn.words}}.{{/onPosting}}\
    {{^onPosting}}{{days.number}} {{#fullDays}}full {{/fullDays}}day{{^days.isOne}}s{{/days.isOne}} after \
    {{#afterReceipt}}you receive this notice. The day of receipt is not counted, and a day is one of the calendar in \
    {{zone}}{{#fullDays}}; so many whole days lie between receipt and effect{{/fullDays}}. If you receive this notice on \
    {{sentOn.words}}, {{^isHeld}}these changes bind you from the first moment of {{effectiveOn.words}}; if you receive it later, as \
    many days later.{{/isHeld}}{{#isHeld}}that would be on {{own.words}}.{{/isHeld}}{{/afterReceipt}}\
    {{#afterPosting}}the posting on {{postedOn.words}}, a day that is not counted, by the calendar in {{zone}}: {{^isHeld}}from the first \
    moment of {{effectiveOn.words}}{{/isHeld}}{{#isHeld}}on {{own.words}}{{/isHeld}}.{{/afterPosting}}\
    {{#afterEarliest}}the posting or your receipt of this notice, whichever came first, by the calendar in {{zone}}: \
    {{^isHeld}}from the first moment of {{effectiveOn.words}}{{/isHeld}}{{#isHeld}}on {{own.words}}{{/isHeld}}.{{/afterEarliest}}\
    {{#afterLatest}}the posting or your receipt of this notice, whichever comes last, by the calendar in {{zone}}. If \
    you receive it on {{sentOn.words}}, {{^isHeld}}these changes bind you from the first moment of {{effectiveOn.words}}; if you \
    receive it later, as many days later.{{/isHeld}}{{#isHeld}}that would be on {{own.words}}.{{/isHeld}}{{/afterLatest}}{{/onPosting}}{{/servedByPosting}}\
    {{#adaptation}} The period is longer than usual: {{.}}.{{/adaptation}}\
    {{#wholeVersion}} This version takes effect as a whole, on the latest of its dates: {{effectiveOn.words}}.\
    {{/wholeVersion}}{{#isPutOff}}{{#isHeld}} They are put off, and bind you from the first moment of {{effectiveOn.words}}.\
    {{/isHeld}}{{/isPutOff}}\
    {{#waits}} What changes in {{clauses}} waits for an earlier change to the same words that is still to take effect, and \
    binds you from {{effectiveOn.words}}.{{/waits}}{{/isHeldOnPosting}}{{/counting}}{{/startsNoPeriod}}{{/hasDate}}
    """,
    "before": """
    Besides, {{count.number}} change{{^count.isOne}}s{{/count.isOne}} of the version of {{postedOn.words}}\
    {{#ownLabel}} ({{.}}){{/ownLabel}}{{#clauses}} ({{.}}){{/clauses}} {{#count.isOne}}is{{/count.isOne}}{{^count.isOne}}are{{/count.isOne}} still to take \
    effect: {{#hasDate}}from {{effectiveOn.words}}{{/hasDate}}\
    {{^hasDate}}{{#count.isOne}}it waits{{/count.isOne}}{{^count.isOne}}they wait{{/count.isOne}} for a notice that is still to be \
    given to you, so that no day is known yet{{/hasDate}}.
    """,
    "keep": """
    Whoever keeps a connector available on {{#hasDate}}{{from.words}} accepts {{#onSeveralDays}}the changes that take effect on \
    that day, and the later ones on theirs{{/onSeveralDays}}{{^onSeveralDays}}the changes{{/onSeveralDays}}{{/hasDate}}\
    {{^hasDate}}the day on which the changes take effect accepts them{{/hasDate}} by doing so.
    """,
    "accept": """
    At any time until {{#hasDate}}{{lastDay.words}}{{/hasDate}}{{^hasDate}}they take effect{{/hasDate}} you can accept expressly. The whole version then binds you at \
    once.{{#newConnectorAccepts}} Creating another connector has the same effect.{{/newConnectorAccepts}}
    """,
    "decline": """
    Until {{#hasDate}}{{lastDay.words}}{{/hasDate}}{{^hasDate}}the changes take effect{{/hasDate}} you can tell us that you decline, and we put it on record. Declining alone does not keep the \
    changes away while a connector of yours is available on \
    {{#hasDate}}{{from.words}}{{/hasDate}}{{^hasDate}}the day on which they do{{/hasDate}}: remove your connectors by then as well.
    """,
    "opt-out": """
    You can opt out within {{days.number}} day{{^days.isOne}}s{{/days.isOne}} after the change took effect\
    {{#until}}, that is until {{words}}{{/until}}. You then keep the wording that you agreed to last.
    """,
    "end": """
    {{#agreement}}These terms bind you along with the {{.}}, which name them: what you can end is the agreement over the {{.}}, \
    {{/agreement}}{{^agreement}}You can end the agreement {{/agreement}}at any time with {{days.number}} day{{^days.isOne}}s{{/days.isOne}}’ notice. If you \
    give it on {{sentOn.words}}, it binds you until the end of {{lastDay.words}}, and from {{on.words}} on no longer. Removing your last connector starts the same period.
    """,
    "answer": """
    For any of this, {{#ownPageUntil}}use your own page, {{/ownPageUntil}}answer this message or write to {{answerTo}}, and \
    name version {{version}}.
    """,
    "marks": """
    Words marked “removed” are gone, words marked “added” are new, and […] stands for unchanged words left out.
    """,
    "title": """
    {{#renamed}}Renamed throughout: “{{before}}” is now called “{{after}}”{{/renamed}}\
    {{^renamed}}{{#clause}}{{.}}{{/clause}}{{#clause}}{{#heading}}, {{/heading}}{{/clause}}{{#heading}}{{.}}{{/heading}}\
    {{^clause}}{{^heading}}A passage without a number{{/heading}}{{/clause}}\
    {{#isInserted}} (added){{/isInserted}}{{#isDeleted}} (removed){{/isDeleted}}{{#isMoved}} (moved){{/isMoved}}\
    {{#isRenumbered}} (new number){{/isRenumbered}}{{#isSplit}} (split){{/isSplit}}{{#isMerged}} (merged){{/isMerged}}\
    {{#isFormatting}} (form only){{/isFormatting}}{{/renamed}}
    """,
    "unchanged": "No word of it is changed.",
    "cut": "This change has {{number}} more word{{^isOne}}s{{/isOne}}, left out here to keep the letter short.",
    "left": """
    {{count.number}} more change{{^count.isOne}}s{{/count.isOne}} of this kind belong{{#count.isOne}}s{{/count.isOne}} to \
    this notice and {{#count.isOne}}is{{/count.isOne}}{{^count.isOne}}are{{/count.isOne}} left out here to keep the \
    letter short: {{clauses}}.
    """,
    "whole": """
    No changes to an earlier version are on record: the version is to be read as a whole.
    """,
    "in-short": "In short (what binds is the wording itself, not this summary):",
    "page": """
    {{#ownPageUntil}}Your own page shows which words bind you{{#pending}}, what changes from which day, and the old words \
    compared with the new; there you can also accept or decline{{/pending}}{{^pending}} and since when{{/pending}}. The link \
    lets you in without a password until {{words}}, so do not pass it on:{{/ownPageUntil}}\
    {{^ownPageUntil}}The whole version{{^isWhole}}, and its comparison with the one before{{/isWhole}}:{{/ownPageUntil}}
    """,
    "read": """
    {{#link}}{{>page}} {{link}}{{/link}}{{^link}}We send you the whole version on request; answer this message.{{/link}}
    """,
    "rest": """
    {{#link}}The link in part 1 leads to all of it.{{/link}}\
    {{^link}}We send you the whole version on request; answer this message.{{/link}}
    """,
    "closing": """
    Notice {{notice}} of {{documentSlug}}, version {{version}}. This is a notice about terms that bind you, not \
    advertising, so there is no list to leave. It loads nothing and does not report whether you read it.
    """,
    "text": """
    {{#name}}Dear {{.}},{{/name}}{{^name}}Hello,{{/name}}

    {{>opening}}

    {{^isWhole}}
    1. What changes, and when

    {{#groups}}
    - {{>when-first}}: {{>what}} ({{clauses}})
    {{/groups}}

    {{#hasSummary}}
    {{>in-short}}

    {{/hasSummary}}
    {{#summary}}
    {{.}}

    {{/summary}}
    {{#groups}}
    {{>counting}}

    {{/groups}}
    {{#earlier}}
    {{>before}}

    {{/earlier}}
    {{/isWhole}}
    {{#isWhole}}
    1. What is new

    {{>whole}}

    {{#hasSummary}}
    {{>in-short}}

    {{/hasSummary}}
    {{#summary}}
    {{.}}

    {{/summary}}
    {{/isWhole}}
    {{>read}}

    2. What you can do

    {{#pending}}
    - Accept by keeping your connectors. {{>keep}}
    - Accept earlier. {{>accept}}
    - Decline. {{>decline}}
    {{/pending}}
    {{#optOuts}}
    - Opt out of what changes in {{clauses}}. {{>opt-out}}
    {{/optOuts}}
    {{#ending}}
    - End the agreement. {{>end}}
    {{/ending}}

    {{>answer}}

    {{^isWhole}}
    3. The changes, clause by clause

    {{#hasMarks}}
    {{>marks}}

    {{/hasMarks}}
    {{#groups}}
    {{>class}}, {{>when}}

    {{#changes}}
    * {{>title}}
    {{#legalBasis}}
      Required by: {{.}}
    {{/legalBasis}}
    {{#wordsUnchanged}}
      {{>unchanged}}
    {{/wordsUnchanged}}

    {{#isInserted}}
    {{#lines}}
        {{#runs}}{{lead}}{{text}}{{trail}}{{/runs}}
    {{/lines}}
    {{/isInserted}}
    {{#isDeleted}}
    {{#lines}}
        {{#runs}}{{lead}}{{text}}{{trail}}{{/runs}}
    {{/lines}}
    {{/isDeleted}}
    {{#hasMarks}}
    {{#lines}}
        {{#runs}}{{lead}}{{#isKept}}{{text}}{{/isKept}}{{#isRemoved}}[removed: {{text}}]{{/isRemoved}}{{#isAdded}}[added: {{text}}]{{/isAdded}}{{#isGap}}[…]{{/isGap}}{{trail}}{{/runs}}
    {{/lines}}
    {{/hasMarks}}
    {{#cut}}
      {{>cut}} {{>rest}}
    {{/cut}}

    {{/changes}}
    {{#left}}
    {{>left}} {{>rest}}

    {{/left}}
    {{/groups}}
    {{/isWhole}}
    {{platform}}

    {{>closing}}
    """,
    "html": """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>{{subject}}</title>
    </head>
    <body style="font-family: sans-serif; line-height: 1.5; max-width: 42em; margin: 1em auto; padding: 0 1em">
    <p>{{#name}}Dear {{.}},{{/name}}{{^name}}Hello,{{/name}}</p>
    <p>{{>opening}}</p>
    {{^isWhole}}
    <h2 style="font-size: 1.15em; margin-top: 1.6em">1. What changes, and when</h2>
    <ul>
    {{#groups}}
    <li><strong>{{>when-first}}: {{>what}}</strong> ({{clauses}})</li>
    {{/groups}}
    </ul>
    {{#hasSummary}}
    <p>{{>in-short}}</p>
    {{/hasSummary}}
    {{#summary}}
    <p>{{.}}</p>
    {{/summary}}
    {{#groups}}
    <p>{{>counting}}</p>
    {{/groups}}
    {{#earlier}}
    <p>{{>before}}</p>
    {{/earlier}}
    {{/isWhole}}
    {{#isWhole}}
    <h2 style="font-size: 1.15em; margin-top: 1.6em">1. What is new</h2>
    <p>{{>whole}}</p>
    {{#hasSummary}}
    <p>{{>in-short}}</p>
    {{/hasSummary}}
    {{#summary}}
    <p>{{.}}</p>
    {{/summary}}
    {{/isWhole}}
    {{#link}}
    <p>{{>page}} <a href="{{.}}">{{.}}</a></p>
    {{/link}}
    {{^link}}
    <p>{{>read}}</p>
    {{/link}}
    <h2 style="font-size: 1.15em; margin-top: 1.6em">2. What you can do</h2>
    <ul>
    {{#pending}}
    <li><strong>Accept by keeping your connectors.</strong> {{>keep}}</li>
    <li><strong>Accept earlier.</strong> {{>accept}}</li>
    <li><strong>Decline.</strong> {{>decline}}</li>
    {{/pending}}
    {{#optOuts}}
    <li><strong>Opt out of what changes in {{clauses}}.</strong> {{>opt-out}}</li>
    {{/optOuts}}
    {{#ending}}
    <li><strong>End the agreement.</strong> {{>end}}</li>
    {{/ending}}
    </ul>
    <p>{{>answer}}</p>
    {{^isWhole}}
    <h2 style="font-size: 1.15em; margin-top: 1.6em">3. The changes, clause by clause</h2>
    {{#hasMarks}}
    <p>{{>marks}}</p>
    {{/hasMarks}}
    {{#groups}}
    <h3 style="font-size: 1em; margin-bottom: 0.2em">{{>class}}, {{>when}}</h3>
    {{#changes}}
    <h4 style="font-size: 1em; margin-bottom: 0.2em">{{>title}}</h4>
    {{#legalBasis}}
    <p>Required by: {{.}}</p>
    {{/legalBasis}}
    {{#wordsUnchanged}}
    <p>{{>unchanged}}</p>
    {{/wordsUnchanged}}
    {{#lines}}
    {{^isBlank}}
    <p style="margin-left: 1.2em">{{#runs}}{{lead}}{{#isKept}}{{text}}{{/isKept}}{{#isRemoved}}<del style="text-decoration: line-through">{{#hasMarks}}[removed: {{/hasMarks}}{{text}}{{#hasMarks}}]{{/hasMarks}}</del>{{/isRemoved}}{{#isAdded}}<ins style="text-decoration: underline">{{#hasMarks}}[added: {{/hasMarks}}{{text}}{{#hasMarks}}]{{/hasMarks}}</ins>{{/isAdded}}{{#isGap}}[…]{{/isGap}}{{trail}}{{/runs}}</p>
    {{/isBlank}}
    {{/lines}}
    {{#cut}}
    <p>{{>cut}} {{>rest}}</p>
    {{/cut}}
    {{/changes}}
    {{#left}}
    <p>{{>left}} {{>rest}}</p>
    {{/left}}
    {{/groups}}
    {{/isWhole}}
    <p>{{platform}}</p>
    <p><small>{{>closing}}</small></p>
    </body>
    </html>
    """,
  ]
}
