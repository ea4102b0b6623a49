internal import Redlining

/// The one stylesheet: for reading contracts, by day and by night, on paper and on a telephone.
enum Stylesheet {
  static let css =
    """
    :root { color-scheme: light dark; --text: #1c1b19; --dim: #5d5a54; --line: #d9d5cc; --paper: #fdfcf9; --accent: #0b4f82; }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e6e3dc; --dim: #a8a399; --line: #3b3934; --paper: #171614; --accent: #8fc3ea; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: var(--text);
      font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
    h1, h2, h3, h4, nav, table, .meta, .class { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 1.5rem 0 0.5rem; }
    h2 { font-size: 1.25rem; margin: 2.25rem 0 0.5rem; }
    h3 { font-size: 1.0625rem; margin: 1.75rem 0 0.25rem; }
    a { color: var(--accent); text-underline-offset: 0.15em; }
    a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    nav ol { columns: 16rem; padding-left: 0; list-style: none; font-size: 0.9375rem; }
    nav.top { font-size: 0.9375rem; border-bottom: 1px solid var(--line); padding-bottom: 0.75rem; }
    .meta, .class { color: var(--dim); font-size: 0.9375rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.9375rem; width: 100%; }
    th, td { text-align: left; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    blockquote { margin: 0.5rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
    .furniture { color: var(--dim); font-size: 0.875rem; }
    section:target { outline: 2px solid var(--accent); outline-offset: 0.5rem; }
    @media print { nav { display: none; } body { max-width: none; font-size: 10.5pt; } a { color: inherit; } }

    """ + RedlineHTML.stylesheet
}
