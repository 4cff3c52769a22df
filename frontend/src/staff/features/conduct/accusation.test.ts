import { describe, expect, it } from "vitest";
import { accusationOf, bodyOfAccusation, handOver, takeOver } from "./accusation";
import type { Pattern } from "./queries";

const clue: Pattern = { place: "clerk", id: "p1", name: "x", agent_masked: "138****0000", cases: [{ id: "c1", number: "n1" }] };

describe("a file that begins with a clue (C-71)", () => {
  it("means the clerk at whom the agent was met, or the window by its name", () => {
    expect(bodyOfAccusation(accusationOf(clue))).toEqual({ accused_posts: ["p1"], accused_units: [], accused_others: "", facts: ["F4"], tags: ["broker", "collusion"] });
    expect(accusationOf({ ...clue, place: "window", name: "3号" })).toMatchObject({ posts: [], others: "3号" });
  });

  it("is handed on once, and lies nowhere", () => {
    handOver(clue);

    expect(takeOver()).toBe(clue);
    expect(takeOver()).toBeNull();
    expect(sessionStorage.length + localStorage.length).toBe(0);
  });
});
