/** Remedies and re-examination on the citizen's page. */
export default {
  "track.until": "{on} 前",
  "track.remedy_of": "您可以就{organ}的原决定申请行政复议或提起行政诉讼。",
  "appeal.title": "对结果有意见？",
  "appeal.lead": "您可以在 {on} 前申请内部复查，由没有参与办理的人在 5 个工作日内答复。",
  "appeal.open": "申请复查",
  "appeal.grounds": "请写明理由",
  "appeal.send": "提交申请",
  "appeal.missing": "请写明理由",
  "appeal.refused": "现在不能申请复查，请向窗口咨询。",
  "appeal.pending": "复查申请已收到，正在由没有参与办理的人复查。",
  "appeal.upheld": "复查后维持原结果。",
  "appeal.changed": "复查后改变了结果，正在重新办理。",
  "appeal.over": "内部复查的申请期已于 {on} 届满。",
};
