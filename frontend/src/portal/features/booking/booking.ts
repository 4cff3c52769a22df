/** Appointments as citizens see them. */
import type { Iso, IsoDay, Uuid } from "@/shared/api/types";

export interface Bookable { groups: { name: string; queues: { id: Uuid; prefix: string; name: string }[] }[]; days: IsoDay[] }
export interface Slot { start: Iso; end: Iso; left: number }
export interface Booking {
  code: string; queue: { prefix: string; name: string }; start: Iso; end: Iso; state: "booked" | "checked_in" | "cancelled" | "no_show";
  cancel_until: Iso; name_mask: string; phone_mask: string; hall: string | { name: string }; check_in_from: Iso; calendar_path: string; reminder: boolean;
}
export interface BookingForm { queue: Uuid; day: IsoDay; start: Iso; name: string; phone: string }
export type BookingError = "type" | "slot" | "name" | "phone";

/** What is still missing or cannot be right, in the order of the form. */
export function errorsOf(form: BookingForm): BookingError[] {
  const found: BookingError[] = [];
  if (!form.queue) found.push("type");
  if (!form.start) found.push("slot");
  if (form.name.trim().length < 2) found.push("name");
  if (!/^1\d{10}$/.test(form.phone.replace(/[\s-]/g, ""))) found.push("phone");
  return found;
}

export const hallName = (hall: Booking["hall"]): string => (typeof hall === "string" ? hall : hall.name);
export const cancellable = (booking: Booking, now: number): boolean => booking.state === "booked" && Date.parse(booking.cancel_until) > now;
