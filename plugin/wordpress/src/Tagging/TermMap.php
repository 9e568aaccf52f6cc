<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\KindSettings;

/**
 * Which term stands for which label: by number, so that a site may rename its terms. In the plugin's own taxonomies
 * terms are made when first needed; in others only what the administrator mapped exists.
 */
final class TermMap
{
    public const OPTION = 'rubricator_terms';

    /** The term's number; null when this label has none. */
    public function term(KindSettings $target, string $label): ?int
    {
        $id = $this->terms($target)[$label] ?? null;
        return $id !== null && term_exists($id, $target->taxonomy) ? $id : null;
    }

    /** As term(), but makes it in the plugin's own taxonomy. */
    public function ensureTerm(KindSettings $target, string $label, string $name): ?int
    {
        $id = $this->term($target, $label);
        if ($id !== null || !$target->isOwnTaxonomy()) {
            return $id;
        }
        $made = wp_insert_term($name === '' ? $label : wp_slash($name), $target->taxonomy, ['slug' => $label]);
        if (is_wp_error($made)) {
            // Another request was faster, or the name stands for another label already.
            $id = (int) $made->get_error_data('term_exists');
            $taken = $id > 0 && $this->labels($target, $id) !== [];
            $made = $taken || $id === 0
                ? wp_insert_term(wp_slash("$name ($label)"), $target->taxonomy, ['slug' => $label])
                : ['term_id' => $id];
        }
        if (is_wp_error($made)) {
            return null;
        }
        $this->save($target, [$label => (int) $made['term_id']] + $this->terms($target));
        return (int) $made['term_id'];
    }

    /** @return list<string> the labels that a term stands for, oldest mapping last */
    public function labels(KindSettings $target, int $termId): array
    {
        return array_map('strval', array_keys($this->terms($target), $termId, true));
    }

    /** @return array<string, int> term by label */
    public function terms(KindSettings $target): array
    {
        $all = get_option(self::OPTION);
        $terms = is_array($all) ? $all[$target->taxonomy][$target->kind->value] ?? [] : [];
        return is_array($terms) ? array_map('intval', $terms) : [];
    }

    /** @param array<string, int> $terms */
    public function save(KindSettings $target, array $terms): void
    {
        $all = get_option(self::OPTION);
        $all = is_array($all) ? $all : [];
        $all[$target->taxonomy][$target->kind->value] = array_filter($terms);
        update_option(self::OPTION, $all);
    }

    /** Forgets a term that is being deleted. */
    public function forgetTerm(KindSettings $target, int $termId): void
    {
        $this->save($target, array_filter($this->terms($target), static fn (int $id): bool => $id !== $termId));
    }
}
