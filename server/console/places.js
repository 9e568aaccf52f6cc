// Names of areas and of the groups that ship; a newsroom's own group shows its identifier.
import { language } from "./language.js";

/** @type {Record<string, {en: string, ru: string}>} */
const GROUPS = {
  EU: { en: "EU", ru: "ЕС" },
  "x-arab-league": { en: "Arab League", ru: "Лига арабских государств" },
  "x-asean": { en: "ASEAN", ru: "АСЕАН" },
  "x-brics": { en: "BRICS", ru: "БРИКС" },
  "x-cis": { en: "CIS", ru: "СНГ" },
  "x-csto": { en: "CSTO", ru: "ОДКБ" },
  "x-eaeu": { en: "EAEU", ru: "ЕАЭС" },
  "x-eurozone": { en: "euro area", ru: "еврозона" },
  "x-g7": { en: "G7", ru: "Большая семёрка" },
  "x-guam": { en: "GUAM", ru: "ГУАМ" },
  "x-nato": { en: "NATO", ru: "НАТО" },
  "x-opec": { en: "OPEC", ru: "ОПЕК" },
  "x-ots": { en: "Turkic States", ru: "тюркские государства" },
  "x-post-soviet": { en: "former USSR", ru: "бывший СССР" },
  "x-sco": { en: "SCO", ru: "ШОС" },
  "x-union-state": { en: "Union State", ru: "Союзное государство" },
};

/** @param {string} group such as "x-cis" @returns {string} */
export function groupName(group) {
  return GROUPS[group]?.[language()] ?? group.replace(/^x-/, "").toUpperCase();
}

/** UN M49 areas; browsers do not name them all. @type {Record<string, {en: string, ru: string}>} */
const AREAS = {
  "001": { en: "World", ru: "Мир" },
  "002": { en: "Africa", ru: "Африка" },
  "005": { en: "South America", ru: "Южная Америка" },
  "009": { en: "Oceania", ru: "Океания" },
  "011": { en: "Western Africa", ru: "Западная Африка" },
  "013": { en: "Central America", ru: "Центральная Америка" },
  "014": { en: "Eastern Africa", ru: "Восточная Африка" },
  "015": { en: "Northern Africa", ru: "Северная Африка" },
  "017": { en: "Middle Africa", ru: "Центральная Африка" },
  "018": { en: "Southern Africa", ru: "Южная Африка" },
  "019": { en: "Americas", ru: "Америка" },
  "021": { en: "Northern America", ru: "Северная Америка" },
  "029": { en: "Caribbean", ru: "Карибы" },
  "030": { en: "Eastern Asia", ru: "Восточная Азия" },
  "034": { en: "Southern Asia", ru: "Южная Азия" },
  "035": { en: "South-eastern Asia", ru: "Юго-Восточная Азия" },
  "039": { en: "Southern Europe", ru: "Южная Европа" },
  "053": { en: "Australia and New Zealand", ru: "Австралия и Новая Зеландия" },
  "054": { en: "Melanesia", ru: "Меланезия" },
  "057": { en: "Micronesia", ru: "Микронезия" },
  "061": { en: "Polynesia", ru: "Полинезия" },
  142: { en: "Asia", ru: "Азия" },
  143: { en: "Central Asia", ru: "Центральная Азия" },
  145: { en: "Western Asia", ru: "Западная Азия" },
  150: { en: "Europe", ru: "Европа" },
  151: { en: "Eastern Europe", ru: "Восточная Европа" },
  154: { en: "Northern Europe", ru: "Северная Европа" },
  155: { en: "Western Europe", ru: "Западная Европа" },
  202: { en: "Sub-Saharan Africa", ru: "Африка южнее Сахары" },
  419: {
    en: "Latin America and the Caribbean",
    ru: "Латинская Америка и Карибы",
  },
};

/** @param {string} area a UN M49 code @returns {string} in the interface's language */
export function areaName(area) {
  return AREAS[area]?.[language()] ?? area;
}
