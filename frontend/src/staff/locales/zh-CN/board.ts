export default {
  "board.title": "大厅看板",
};
