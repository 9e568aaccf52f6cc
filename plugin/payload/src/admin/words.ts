const EN = {
  topics: 'Topics', regions: 'Countries', desks: 'Desks',
  accept: 'Accept', reject: 'Reject', why: 'Why', restore: 'Set again', again: 'Classify again',
  none: 'No suggestions yet. They come a moment after the article is saved.',
  empty: 'The text gives no topic and no country.',
  queued: 'Queued; reload in a moment.',
  failed: 'That did not work',
  rejectedLabels: 'Rejected',
  auto: 'set automatically', accepted: 'accepted', manual: 'set by hand', rejected: 'rejected', suggested: 'suggested',
};
const RU: typeof EN = {
  topics: 'Темы', regions: 'Страны', desks: 'Отделы',
  accept: 'Принять', reject: 'Отклонить', why: 'Почему', restore: 'Вернуть', again: 'Рубрицировать снова',
  none: 'Подсказок пока нет. Они появятся вскоре после сохранения статьи.',
  empty: 'В тексте не нашлось ни темы, ни страны.',
  queued: 'В очереди; обновите страницу чуть позже.',
  failed: 'Не получилось',
  rejectedLabels: 'Отклонены',
  auto: 'поставлена автоматически', accepted: 'принята', manual: 'поставлена вручную', rejected: 'отклонена', suggested: 'предложена',
};

export type Words = typeof EN;

/** Of the interface's language; English where there is none. */
export const wordsOf = (language: string): Words => (language.startsWith('ru') ? RU : EN);
