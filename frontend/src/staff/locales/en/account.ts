/** One's own account and password. */
import type zh from "../zh-CN/account";

export default {
  "account.title": "My account",
  "account.password": "Password",
  "account.since": "In use since {at}",
  "account.old": "Current password",
  "account.new": "New password",
  "account.again": "New password again",
  "account.policy": "At least {length} characters of {classes} kinds (upper case, lower case, digits, signs); not your user name, not a common one.",
  "account.change": "Change password",
  "account.changed": "Password changed; you were signed out elsewhere",
  "account.not_the_same": "The two new passwords differ.",
  "account.must_title": "First change your password",
  "account.must_lead": "Somebody else gave you this password, or it is too old. Choose one that only you know, then begin.",
  "account.sessions": "Where you are signed in",
  "account.seen": "used {at}",
  "account.here": "here",
  "account.end": "Sign out",
  "account.unknown_browser": "A browser",
  "account.look": "Language and text size",
  "password_reason.too_short": "Too short: at least {length} characters",
  "password_reason.too_plain": "Too plain: {classes} kinds of characters are needed",
  "password_reason.common": "Too common: easily guessed",
  "password_reason.contains_name": "It contains the user name",
  "password_reason.used_before": "Used lately",
} satisfies Record<keyof typeof zh, string>;
