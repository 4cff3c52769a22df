/** What a browser calls itself → two words a person knows; empty when it is none we know. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, "Edge"], [/MicroMessenger/, "WeChat"], [/QQBrowser/, "QQ"], [/Firefox\//, "Firefox"], [/Chrom(e|ium)\//, "Chrome"], [/Safari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, "Windows"], [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Mac OS X/, "macOS"], [/Kylin|UOS|Linux/, "Linux"],
];

export function browserName(said: string): string {
  const found = [BROWSERS, SYSTEMS].map((known) => known.find(([pattern]) => pattern.test(said))?.[1]);
  return found.filter(Boolean).join(" · ");
}
