/// The one stylesheet: for reading contracts, by day and by night, on paper and on a telephone.
///
/// Every pair of colours that stands for text has a contrast of 4.5 and more, in both schemes (WCAG 2.2, 1.4.3). What was
/// added or removed is told by a line, a sign and spoken words, never by colour alone (1.4.1).
enum Stylesheet {
  static let css =
    """
    :root { color-scheme: light dark;
      --paper: #fdfcf9; --card: #ffffff; --text: #1d1c1a; --dim: #5b5852; --line: #dbd7ce; --accent: #0a4d80; --onaccent: #ffffff;
      --added: #dff1df; --removed: #fbe3df; --note: #fff6dc; --noteline: #8a6100;
      --material: #8c2b12; --law: #5a3b94; --other: #40525e; --good: #1e6032; }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #161513; --card: #1e1d1a; --text: #e8e5de; --dim: #aca79d; --line: #3c3a35; --accent: #93c7ee; --onaccent: #10222f;
      --added: #163c1c; --removed: #4b1d16; --note: #362c12; --noteline: #d9b457;
      --material: #f2a48d; --law: #c7b1f2; --other: #b2c3ce; --good: #93d3a4; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--text);
      font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", Georgia, serif; }
    h1, h2, h3, h4, header, footer, nav, table, form, button, .button, input, select, textarea, dl, .meta, .badge, .tools, .note, .ui, .hint
      { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
    .skip { position: absolute; left: -99rem; } .skip:focus { left: 0.5rem; top: 0.5rem; background: var(--card); padding: 0.5rem 1rem; z-index: 9; }
    .site { border-bottom: 1px solid var(--line); background: var(--card); }
    .site > div { max-width: 72rem; margin: 0 auto; padding: 0.75rem 1.25rem; display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; }
    .site a { color: var(--text); text-decoration: none; } .site a:hover { text-decoration: underline; }
    .site .home { font-weight: 650; } .site form { display: flex; gap: 0.5rem; } .site form[role=search] { margin-left: auto; }
    .site input { width: 13rem; }
    main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
    main.wide { max-width: 72rem; }
    footer { max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; border-top: 1px solid var(--line); color: var(--dim); font-size: 0.875rem; }
    h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: 0.75rem 0 0.5rem; letter-spacing: -0.01em; text-wrap: balance; }
    h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 0.5rem; }
    h3 { font-size: 1.0625rem; line-height: 1.35; margin: 1.5rem 0 0.25rem; }
    p { margin: 0.6rem 0; } .terms p { text-wrap: pretty; hanging-punctuation: first; }
    a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: from-font; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
    .meta { color: var(--dim); font-size: 0.9375rem; line-height: 1.5; }
    .crumbs { font-size: 0.9375rem; } .crumbs ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; }
    .crumbs li + li::before { content: "/"; color: var(--dim); margin-right: 0.5rem; }
    .tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; font-size: 0.9375rem; margin: 1rem 0; padding: 0; list-style: none; }
    .note { border-left: 4px solid var(--noteline); background: var(--note); padding: 0.6rem 1rem; margin: 1rem 0; font-size: 0.9375rem; }
    .badge { display: inline-block; font-size: 0.8125rem; font-weight: 600; line-height: 1.3; padding: 0.1rem 0.5rem; border: 1px solid currentColor; border-radius: 1rem; white-space: nowrap; }
    .badge.material { color: var(--material); } .badge.legal-required { color: var(--law); } .badge.other { color: var(--other); }
    .badge.good { color: var(--good); } .badge.plain { color: var(--dim); }
    .cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); padding: 0; list-style: none; }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem 1.25rem; }
    .card h2, .card h3 { margin: 0 0 0.25rem; } .card p { margin: 0.35rem 0; } .card > :last-child { margin-bottom: 0; }
    table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.45; width: 100%; margin: 0.75rem 0; }
    th, td { text-align: left; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    thead th { color: var(--dim); font-weight: 600; font-size: 0.875rem; }
    .terms table { font-family: inherit; } .terms th, .terms td { border: 1px solid var(--line); padding: 0.4rem 0.75rem; }
    .scroll { overflow-x: auto; }
    dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.25rem; font-size: 0.9375rem; margin: 0.75rem 0; }
    .card > dl.facts { margin: 0; } dl.facts dt { color: var(--dim); } dl.facts dd { margin: 0; }
    ul.plain, ol.plain { list-style: none; padding: 0; }
    code, .mono { font-family: ui-monospace, "Liberation Mono", Menlo, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 0.9375rem/1.5 ui-monospace, "Liberation Mono", Menlo, monospace; }
    blockquote { margin: 0.5rem 0; padding-left: 1rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
    mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.15em; }

    /* Reading a version */
    .contents { font-size: 0.9375rem; } .contents ol { list-style: none; margin: 0.25rem 0 0; padding: 0; } .contents li { margin: 0.2rem 0; }
    .contents a { text-decoration: none; color: var(--text); display: flex; gap: 0.25rem; } .contents a:hover { text-decoration: underline; }
    .contents .number { flex: none; min-width: 1.75rem; color: var(--dim); }
    @media (min-width: 64rem) {
      .reading { display: grid; grid-template-columns: 15rem minmax(0, 44rem); gap: 3rem; justify-content: center; }
      .reading .contents { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
    }
    @media (max-width: 63.99rem) { .reading .contents { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem 1rem; margin-bottom: 1rem; } }
    .clause { position: relative; } .clause:target { background: var(--note); box-shadow: 0 0 0 0.5rem var(--note); }
    .clause > .places { position: absolute; right: 100%; top: 0.3rem; padding-right: 0.75rem; font-size: 0.8125rem; white-space: nowrap; }
    .clause > .places a { color: var(--dim); text-decoration: none; opacity: 0; } .clause:hover > .places a, .clause > .places a:focus { opacity: 1; }
    @media (max-width: 63.99rem) { .clause > .places { display: none; } }
    .clause.sub { margin-left: 1.5rem; } .clause.subsub { margin-left: 3rem; }
    @media (max-width: 40rem) { .clause.sub { margin-left: 0.75rem; } .clause.subsub { margin-left: 1.5rem; } }
    .furniture { color: var(--dim); font-size: 0.875rem; }
    .terms h1 { margin-top: 0; } .terms h2 { margin-top: 2rem; }

    /* Redlines */
    .change { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); margin: 1rem 0; padding: 0.9rem 1.25rem; }
    .change > header { display: flex; flex-wrap: wrap; gap: 0.35rem 0.75rem; align-items: baseline; } .change > header h2, .change h3 { margin: 0; font-size: 1.0625rem; }
    .change > .tools { align-items: end; } .change .when { font-size: 0.875rem; color: var(--dim); }
    .words { overflow-wrap: anywhere; } .words p { margin: 0.5rem 0; }
    ins, del { color: inherit; padding: 0 0.1em; border-radius: 2px; unicode-bidi: isolate; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
    ins { background: var(--added); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.15em; }
    del { background: var(--removed); text-decoration: line-through; text-decoration-thickness: 2px; }
    /* Spoken by screen readers, which are silent about both elements. */
    ins::before, ins::after, del::before, del::after { position: absolute; clip-path: inset(100%); clip: rect(1px, 1px, 1px, 1px); height: 1px; width: 1px; overflow: hidden; white-space: nowrap; }
    ins::before { content: " [added: "; } del::before { content: " [removed: "; } ins::after, del::after { content: "] "; }
    .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; } .columns .side { margin: 0.5rem 0 0; font-size: 0.8125rem; color: var(--dim); }
    @media (max-width: 48rem) { .columns { grid-template-columns: 1fr; gap: 0.25rem; } }
    .grounds, .notes { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; font-size: 0.875rem; color: var(--dim); margin: 0.5rem 0 0; padding-left: 1.1rem; }
    .unseen { font-size: 0.8em; border: 1px dotted currentColor; }

    /* Forms */
    form.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.9rem; margin: 1rem 0; } form.row { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: end; }
    label { font-weight: 600; font-size: 0.9375rem; display: block; } label .hint, .hint { font-weight: 400; color: var(--dim); font-size: 0.875rem; display: block; }
    label.check { font-weight: 400; display: flex; gap: 0.6rem; align-items: baseline; }
    input, select, textarea { font-size: 1rem; padding: 0.45rem 0.6rem; border: 1px solid var(--dim); border-radius: 0.35rem; background: var(--card); color: var(--text); max-width: 100%; }
    input[type=text], input[type=password], textarea, select.full { width: 100%; } textarea { font: 0.9375rem/1.5 ui-monospace, "Liberation Mono", monospace; min-height: 14rem; }
    input[type=checkbox], input[type=radio] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); flex: none; }
    button, .button { display: inline-block; font-size: 0.9375rem; font-weight: 600; line-height: 1.3; min-height: 2.5rem; padding: 0.55rem 1rem; border-radius: 0.35rem; border: 1px solid var(--accent); background: var(--accent); color: var(--onaccent); cursor: pointer; text-decoration: none; }
    button.quiet, .button.quiet { background: transparent; color: var(--accent); } button.grave, .button.grave { background: transparent; color: var(--material); border-color: var(--material); }
    fieldset { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem 1rem; } legend { font-weight: 600; padding: 0 0.4rem; }
    .picture { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem; overflow-x: auto; } .picture img { display: block; width: 100%; min-width: 40rem; height: auto; }
    progress { width: 100%; accent-color: var(--accent); }

    @media (max-width: 40rem) {
      .picture { padding: 0.25rem; } .picture img { min-width: 20rem; }
      main { padding: 1rem 1rem 3rem; } .site form[role=search] { margin-left: 0; width: 100%; order: 9; } .site input { flex: 1; width: auto; min-width: 0; } form.row > * { max-width: 100%; }
      table.stack thead { position: absolute; clip-path: inset(100%); height: 1px; overflow: hidden; }
      table.stack, table.stack tbody, table.stack tr, table.stack td, table.stack th { display: block; border: 0; padding: 0; }
      table.stack tr { border-bottom: 1px solid var(--line); padding: 0.6rem 0; }
      table.stack td[data-label]::before { content: attr(data-label) ": "; color: var(--dim); font-size: 0.875rem; }
      table.stack td:empty { display: none; } dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: 0.5rem; }
    }
    @media print {
      .site, footer, .tools, .crumbs, .contents, .places, .skip, form { display: none !important; }
      body { background: #fff; color: #000; font-size: 10.5pt; } main, main.wide { max-width: none; padding: 0; } a { color: inherit; text-decoration: none; }
      .change { border: 0; border-top: 1px solid #999; border-radius: 0; padding: 0.5rem 0; break-inside: avoid; } ins, del { background: none; }
      .reading { display: block; } h2, h3 { break-after: avoid; } .words a::after { content: ""; }
      .printed { display: block !important; } @page { margin: 2cm; }
    }
    .printed { display: none; } .date { white-space: nowrap; }

    """
}
