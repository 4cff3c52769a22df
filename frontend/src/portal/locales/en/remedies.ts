/** Remedies and re-examination on the citizen's page. */
export default {
  "track.until": "until {on}",
  "track.remedy_of": "You can ask for administrative review of the decision of {organ}, or sue.",
  "appeal.title": "Not satisfied with the result?",
  "appeal.lead": "Until {on} you can ask for a re-examination; somebody who took no part answers within 5 working days.",
  "appeal.open": "Ask for a re-examination",
  "appeal.grounds": "Please give your reasons",
  "appeal.send": "Send",
  "appeal.missing": "Please give your reasons",
  "appeal.refused": "This cannot be asked for now; please ask at the desk.",
  "appeal.pending": "Your request has arrived and is being examined by somebody who took no part.",
  "appeal.upheld": "The result was upheld.",
  "appeal.changed": "The result was changed; the matter is handled again.",
  "appeal.over": "The time to ask for a re-examination ended on {on}.",
};
