/** How a case's history speaks of work and meetings: `work.opinion`, `work.opinion.answer`, `meeting.sign`. */
import { has, word } from "@/shared/i18n";

/** The heading, or null for what is no line of theirs. */
export function workHeading(kind: string, data: Record<string, unknown>): string | null {
  const [area, what, step] = kind.split(".");
  if (area === "meeting" && what) {
    const unit = typeof data.unit === "string" ? data.unit : "";
    return [word("meeting.step", what), data.number, unit].filter(Boolean).join(" · ");
  }
  if (area !== "work" || !what || !has(`work.kind.${what}`)) return null;
  const asked = Array.isArray(data.asked) ? data.asked.join(" · ") : "";
  return [word("work.kind", what), step ? word("work.step", step) : "", data.number, asked].filter(Boolean).join(" · ");
}

/** What it is about. */
export function workText(kind: string, data: Record<string, unknown>): string | null {
  return kind.startsWith("work.") && typeof data.title === "string" ? data.title : null;
}
