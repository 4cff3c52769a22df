/** The hall board; topics board, queue and desk make it old, one fetch a second at most. */
import { useQuery } from "@tanstack/vue-query";
import { api } from "@/shared/api/client";
import type { Board } from "@/shared/api/types";
import { pace } from "@/staff/pace";

const CALM_MS = 1_000;
const AT_LEAST_MS = 60_000;

export function useBoard() {
  const calm = pace(CALM_MS);
  return useQuery({
    queryKey: ["board"],
    queryFn: async ({ signal }) => {
      await calm();
      return api.get<Board>("board", {}, signal);
    },
    refetchInterval: AT_LEAST_MS,
  });
}
