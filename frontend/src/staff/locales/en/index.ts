import shared from "@/shared/i18n/locales/en/shared";
import board from "./board";
import cases from "./case";
import city from "./city";
import desk from "./desk";
import shell from "./shell";
import words from "./words";

export default { ...shared, ...shell, ...words, ...cases, ...desk, ...board, ...city };
