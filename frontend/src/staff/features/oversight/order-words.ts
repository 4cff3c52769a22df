/** The words of an order while they are typed, and as the server takes them. */
export interface OrderWords { reason_code: string; text: string; wanted: string; days: string | number }

export const blankOrder = (): OrderWords => ({ reason_code: "", text: "", wanted: "", days: "" });

export function orderReady(words: OrderWords): boolean {
  return words.reason_code !== "" && words.text.trim() !== "" && words.wanted.trim() !== "";
}

export function orderBody(words: OrderWords): Record<string, unknown> {
  const days = Number(words.days);
  return { reason_code: words.reason_code, text: words.text.trim(), wanted: words.wanted.trim(), ...(days > 0 ? { days } : {}) };
}
