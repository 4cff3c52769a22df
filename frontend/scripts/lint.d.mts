export function problemsIn(path: string, text: string): string[];
