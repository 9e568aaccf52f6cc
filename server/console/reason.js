// The router's reasons, with names instead of identifiers and, in Russian, in Russian. The server words them in English
// for logs and machines; a phrase that is not known here stays as it is.
import { language } from "./language.js";
import { areaName, groupName } from "./places.js";

/** @type {[RegExp, string][]} */
const ENGLISH = [
  [/\bany_of:/g, "one of:"],
  [/\boutcome is INSUFFICIENT_TEXT\b/g, "too little text"],
  [/\boutcome is NO_TOPIC\b/g, "nothing stands out"],
  [/\boutcome is UNSUPPORTED_LANGUAGE\b/g, "unknown language"],
];
/** Longer phrases before their parts. @type {[RegExp, string][]} */
const RUSSIAN = [
  [/\btopics:/g, "темы:"],
  [/\bregions:/g, "страны:"],
  [/\blanguage:/g, "язык:"],
  [/\bsource:/g, "источник:"],
  [/\btime:/g, "время:"],
  [/\bany_of:/g, "одно из:"],
  [/\bfailed:/g, "не сошлось:"],
  [/\bheld:/g, "сошлось:"],
  [/\bno rule matched\b/g, "ни одно правило не подошло"],
  [/\bno topic was decided\b/g, "темы нет"],
  [/\bnot asked: rule '([^']*)' stops/g, "не спрашивали: правило «$1» завершает поиск"],
  [/\bnot asked\b/g, "не спрашивали"],
  [/\boutcome is INSUFFICIENT_TEXT\b/g, "слишком мало текста"],
  [/\boutcome is NO_TOPIC\b/g, "ничто не выделяется"],
  [/\boutcome is UNSUPPORTED_LANGUAGE\b/g, "незнакомый язык"],
  [/\bbest topic\b/g, "лучшая тема"],
  [/; desk (\S+) is closed at ([^,;]+), (\S+) takes over/g, "; отдел $1 закрыт ($2), принимает $3"],
  [/\balso by rule '([^']*)'/g, "также по правилу «$1»"],
  [/\bexcluded by\b/g, "мешает"],
  [/\bnone given is not one of\b/g, "не указан, а нужен из списка:"],
  [/\bis not one of\b/g, "не из списка:"],
  [/\bin focus or mentioned\b/g, "в центре внимания или упомянуты"],
  [/\bin focus\b/g, "в центре внимания"],
  [/\bmentioned\b/g, "упомянута"],
  [/\bexcept\b/g, "кроме"],
  [/\(found none\)/g, "(нет ни одной)"],
  [/\bfound\b/g, "найдено"],
  [/\bat ([\d.]+) or more\b/g, "от $1"],
  [/\bnot in\b/g, "не в"],
  [/\bno\b/g, "нет"],
];

/**
 * @param {string} reason
 * @param {Map<string, string>} names of topics and desks, by identifier; a topic's where both have one
 * @returns {string}
 */
export function reasonWords(reason, names) {
  const worded = (language() === "ru" ? RUSSIAN : ENGLISH).reduce(
    (text, [phrase, words]) => text.replace(phrase, words),
    reason,
  );
  return worded
    .replace(/\b[A-Z][A-Za-z ,-]* (\d{3})\b/g, (_, area) => areaName(area))
    .replace(/\bx-[a-z\d-]+/g, groupName)
    .replace(/(?<![\d.])\d{3}(?![\d.])/g, areaName)
    .replace(/\b[a-z]+(?:[_-][a-z]+)*\b/g, (word) => quoted(names.get(word)) ?? word);
}

/** @param {string | undefined} name */
function quoted(name) {
  return name && (language() === "ru" ? `«${name}»` : name);
}
