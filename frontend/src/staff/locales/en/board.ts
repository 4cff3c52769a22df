import type zh from "../zh-CN/board";

export default {
  "board.title": "Hall board",
} satisfies Record<keyof typeof zh, string>;
