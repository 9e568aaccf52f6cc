"""Inflects Russian names by their endings, where hunspell has no paradigm. Used by make-gazetteer."""
import re

VOWELS = "аеёиоуыэюя"
CYRILLIC = re.compile("[а-яё]", re.I)
FIXED = {"и", "де", "да", "ди", "на", "о", "о-в", "бен", "ибн", "для", "по"}


def adjective_forms(word):
    """The 13 forms of a regular adjective, and the first half of a compound (российско-)."""
    stem, ending = word[:-2], word[-2:]
    if ending == "ий" and stem[-1] in "кгхжшчщ":
        ends = "ий ого ому им ом ая ой ую ою ое ие их ими".split()
        if stem[-1] in "жшчщ":
            ends = "ий его ему им ем ая ей ую ею ее ие их ими".split()
    else:
        ends = "ый ого ому ым ом ая ой ую ою ое ые ых ыми".split()
        ends[0] = ending
    return [stem + e for e in ends]


def adjective_cases(word, hint_plural=False):
    """Six cases of an adjective in the gender and number it is written in."""
    end, stem = word[-2:], word[:-2]
    soft = stem[-1] in "жшчщ"
    hard_i = stem[-1] in "кгхжшчщ"
    if end in ("ый", "ий", "ой"):
        i = "и" if hard_i or end == "ий" else "ы"
        o = "е" if soft or (end == "ий" and not hard_i) else "о"
        return [word, stem + o + "го", stem + o + "му", word, stem + i + "м", stem + o + "м"]
    if end in ("ая", "яя"):
        o = "ей" if soft or end == "яя" else "ой"
        return [word, stem + o, stem + o, stem + ("юю" if end == "яя" else "ую"), stem + o, stem + o]
    if end in ("ое", "ее"):
        i, o = ("и", "е") if end == "ее" else (("и" if hard_i else "ы"), "о")
        return [word, stem + o + "го", stem + o + "му", word, stem + i + "м", stem + o + "м"]
    i = end[0]
    return [word, stem + i + "х", stem + i + "м", word, stem + i + "ми", stem + i + "х"]


def is_adjective(word):
    return len(word) > 4 and re.search("(ский|цкий|ской|ский|ый|ая|яя|ое|ее|ые|ие|кий)$", word) is not None


def noun_cases(word, plural=False):
    """Six cases of a noun by its ending: nominative, genitive, dative, accusative, instrumental, prepositional."""
    low = word.lower()
    if plural:
        stem, end = word[:-1], low[-1]
        if end == "а":
            return [word, stem, stem + "ам", word, stem + "ами", stem + "ах"]
        genitive = stem + ("ей" if stem[-1:] in "жшчщ" else "")
        a = "а"
        if end == "и" and stem[-1:] not in "кгхжшчщ":
            a, genitive = "я", stem[:-1] + "ий" if stem[-1:] == "и" else stem + "ей"
        return [word, genitive, stem + a + "м", word, stem + a + "ми", stem + a + "х"]
    if re.search("(ово|ево|ёво|ино|ыно)$", low) and len(low) > 4:
        s = word[:-1]
        return [word, s + "а", s + "у", word, s + "ом", s + "е"]
    if low.endswith("ия"):
        s = word[:-1]
        return [word, s + "и", s + "и", s + "ю", s + "ей", s + "и"]
    if low.endswith("ие"):
        s = word[:-1]
        return [word, s + "я", s + "ю", word, s + "ем", s + "и"]
    if low.endswith("ье"):
        s = word[:-1]
        return [word, s + "я", s + "ю", word, s + "ем", s + "е"]
    if low[-1] == "а" and len(low) > 2:
        s = word[:-1]
        i = "и" if s[-1].lower() in "кгхжшчщ" else "ы"
        o = "ей" if s[-1].lower() in "жшчщц" else "ой"
        return [word, s + i, s + "е", s + "у", s + o, s + "е"]
    if low[-1] == "я" and len(low) > 2:
        s = word[:-1]
        return [word, s + "и", s + "е", s + "ю", s + "ей", s + "е"]
    if low.endswith("ий"):
        s = word[:-1]
        return [word, s + "я", s + "ю", word, s + "ем", s + "и"]
    if low[-1] == "й":
        s = word[:-1]
        return [word, s + "я", s + "ю", word, s + "ем", s + "е"]
    if low[-1] == "ь":
        s = word[:-1]
        if re.search("(ань|ень|инь|ель-|азань|пермь|тверь|рязань|обь|сибирь|волынь|бретань|познань|лодзь|рось|нефть|анадырь-)$", low) \
                and low not in {"освенцим"}:
            return [word, s + "и", s + "и", word, word + "ю", s + "и"]
        return [word, s + "я", s + "ю", word, s + "ем", s + "е"]
    if low.endswith("ец") and len(low) > 4:
        s = word[:-2]
        s = s + "й" if s[-1].lower() in VOWELS else s
        return [word, s + "ца", s + "цу", word, s + "цем", s + "це"]
    if low[-1] in "бвгджзклмнпрстфхцчшщ":
        o = "ем" if low[-1] in "жшчщц" else "ом"
        return [word, word + "а", word + "у", word, word + o, word + "е"]
    return [word] * 6


def surname_cases(word):
    low = word.lower()
    if re.search("(ов|ев|ёв|ин|ын)$", low) and len(low) > 4:
        return [word, word + "а", word + "у", word + "а", word + "ым", word + "е"]
    if re.search("(ова|ева|ёва|ина|ына)$", low) and len(low) > 5:
        s = word[:-1]
        return [word, s + "ой", s + "ой", s + "у", s + "ой", s + "ой"]
    if re.search("(ский|цкий|ный|ской|ой)$", low) and len(low) > 5:
        cases = adjective_cases(word)
        return [cases[0], cases[1], cases[2], cases[1], cases[4], cases[5]]
    if low.endswith("ая"):
        return adjective_cases(word)
    if low.endswith("ич") or low[-1] in "бвгджзклмнпрстфхцчшщйь":
        cases = noun_cases(word)
        return cases[:3] + [cases[1]] + cases[4:]
    return noun_cases(word)


def demonym_forms(word, hunspell):
    forms = hunspell.forms(word)
    if forms:
        return forms
    low = word.lower()
    if low.endswith(("анин", "янин")):
        s = word[:-2]
        plural = [s + "е", s, s + "ам", s + "ами", s + "ах"]
    elif low.endswith("ец"):
        s = noun_cases(word)[1][:-1]
        plural = [s + "ы", s + "ев", s + "ам", s + "ами", s + "ах"]
    elif low.endswith("ка"):
        s = word[:-1]
        plural = [s + "и", word[:-2] + "ок", s + "ам", s + "ами", s + "ах"]
    else:
        i = "и" if low[-1] in "кгх" else "ы"
        plural = [word + e for e in (i, "ов", "ам", "ами", "ах")]
    cases = noun_cases(word)
    return cases + [cases[1]] + plural


def phrase_forms(phrase, hunspell, person=False):
    """Surface forms of a Russian name of one word or more; "!" fixes a word, "*" makes it a plural."""
    if not CYRILLIC.search(phrase):
        return [phrase.replace("!", "").replace("*", "")]
    words = phrase.split(" ")
    if len(words) == 1:
        bare = phrase.rstrip("!*")
        if phrase.endswith("!"):
            return [bare]
        known = hunspell.forms(bare) if not person else []
        if known:
            return [f for f in known if f[:1] == bare[:1]]
        if person:
            return surname_cases(bare)
        if is_adjective(bare) and not phrase.endswith("*") and re.search("(ский|цкий|ый|ая|ной|ое)$", bare):
            return adjective_cases(bare)
        return noun_cases(bare, phrase.endswith("*") or bare.endswith("ы"))
    columns, head_seen = [], False
    for n, word in enumerate(words):
        bare = word.rstrip("!*")
        if word.endswith("!") or bare in FIXED or not CYRILLIC.search(bare) or (
                phrase.endswith("!") and phrase.count("!") == 1):
            columns.append([bare] * 6)
            if bare == "и":
                head_seen = False
            if bare[:1].isupper() and not is_adjective(bare) and bare.isupper():
                head_seen = True
        elif person:
            last = n == len(words) - 1
            columns.append(surname_cases(bare) if last or len(words) == 2 else [bare] * 6)
        elif head_seen:
            columns.append([bare] * 6)
        elif is_adjective(bare):
            columns.append(adjective_cases(bare))
        else:
            previous_plural = n > 0 and words[n - 1].endswith(("ые", "ие"))
            columns.append(noun_cases(bare, word.endswith("*") or previous_plural or bare.endswith("ы")))
            head_seen = True
    return [" ".join(parts) for parts in zip(*columns)]
