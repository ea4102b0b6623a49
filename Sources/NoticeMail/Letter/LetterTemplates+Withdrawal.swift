extension LetterTemplates {
  /// The wording of the letter that a version was taken back: another letter than a notice of a version, so that an
  /// operator's own wording of the one is never taken for the other.
  static let withdrawalSources: [String: String] = [
    "withdrawal-subject": "{{document}}: version of {{postedOn.words}}{{#dayLabel}} ({{.}}){{/dayLabel}} withdrawn",
    "withdrawal-opening": """
    {{platform}} withdraws the version of the {{document}} that it posted on {{postedOn.words}}{{#dayLabel}} ({{.}}){{/dayLabel}}. This supersedes the notice \
    that you had of it.
    """,
    "withdrawal-effect": """
    {{#clauses}}What the version changed in {{.}} does not take effect: the wording that binds you stays.{{/clauses}}\
    {{^clauses}}Nothing of it takes effect that does not bind you already: the wording that binds you stays.{{/clauses}}\
    {{#stayingClauses}} Its changes to {{.}} are in force and stay so.{{/stayingClauses}}
    """,
    "withdrawal-todo": """
    You need not do anything. What you declared about this version has no further effect. For any question, answer this \
    message or write to {{answerTo}}, and name version {{version}}.
    """,
    "withdrawal-page": """
    {{#ownPageUntil}}Your own page shows which words bind you. The link lets you in without a password until {{words}}, so do \
    not pass it on:{{/ownPageUntil}}{{^ownPageUntil}}The version withdrawn, for your files:{{/ownPageUntil}}
    """,
    "withdrawal-text": """
    {{#name}}Dear {{.}},{{/name}}{{^name}}Hello,{{/name}}

    {{>withdrawal-opening}}

    {{#corrections}}
    {{#withdrawal}}
    {{>withdrawal-effect}}

    {{/withdrawal}}
    {{#reason}}
    Reason: {{.}}

    {{/reason}}
    {{/corrections}}
    {{>withdrawal-todo}}

    {{#link}}
    {{>withdrawal-page}} {{.}}

    {{/link}}
    {{platform}}

    {{>closing}}
    """,
    "withdrawal-html": """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>{{subject}}</title>
    </head>
    <body style="font-family: sans-serif; line-height: 1.5; max-width: 42em; margin: 1em auto; padding: 0 1em">
    <p>{{#name}}Dear {{.}},{{/name}}{{^name}}Hello,{{/name}}</p>
    <p>{{>withdrawal-opening}}</p>
    {{#corrections}}
    {{#withdrawal}}
    <p>{{>withdrawal-effect}}</p>
    {{/withdrawal}}
    {{#reason}}
    <p>Reason: {{.}}</p>
    {{/reason}}
    {{/corrections}}
    <p>{{>withdrawal-todo}}</p>
    {{#link}}
    <p>{{>withdrawal-page}} <a href="{{.}}">{{.}}</a></p>
    {{/link}}
    <p>{{platform}}</p>
    <p><small>{{>closing}}</small></p>
    </body>
    </html>
    """,
  ]
}
