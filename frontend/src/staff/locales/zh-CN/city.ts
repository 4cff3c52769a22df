export default {
  "city.title": "全市大厅比较",
};
