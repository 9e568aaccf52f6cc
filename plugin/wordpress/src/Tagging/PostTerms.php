<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\KindSettings;

/** The labels of a post, as its terms tell them. What this class writes is not taken for an editor's doing. */
final class PostTerms
{
    private static bool $isWriting = false;

    public function __construct(private readonly TermMap $map)
    {
    }

    public static function isWriting(): bool
    {
        return self::$isWriting;
    }

    /** Runs `$write`; term changes in it are the machine's. */
    public static function quietly(callable $write): void
    {
        $before = self::$isWriting;
        self::$isWriting = true;
        try {
            $write();
        } finally {
            self::$isWriting = $before;
        }
    }

    /**
     * A term that stands for several labels counts for those that `$decisions` has set or proposed; for the first one if
     * it has none of them.
     *
     * @param array<string, Decision> $decisions
     * @return list<string>
     */
    public function present(int $postId, KindSettings $target, array $decisions): array
    {
        $labels = [];
        foreach ($this->termIds($postId, $target->taxonomy) as $termId) {
            array_push($labels, ...$this->added($target, $termId, $decisions));
        }
        return array_values(array_unique($labels));
    }

    /**
     * Labels that a newly set term speaks for.
     *
     * @param array<string, Decision> $decisions
     * @return list<string>
     */
    public function added(KindSettings $target, int $termId, array $decisions): array
    {
        $labels = $this->map->labels($target, $termId);
        $known = array_values(array_filter(
            $labels,
            static fn (string $label): bool
                => isset($decisions[$label]) && $decisions[$label]->provenance !== Provenance::Rejected,
        ));
        return $known !== [] ? $known : array_slice($labels, 0, 1);
    }

    /**
     * Sets and removes terms so that they say what the decisions say; other terms of the taxonomy stay.
     *
     * @param array<string, Decision> $decisions
     * @param array<string, string> $names by label, for terms that have to be made
     */
    public function write(int $postId, KindSettings $target, array $decisions, array $names): void
    {
        $wanted = [];
        $unwanted = [];
        foreach ($decisions as $label => $decision) {
            $label = (string) $label;
            if ($decision->provenance->isSet()) {
                $wanted[] = $this->map->ensureTerm($target, $label, $names[$label] ?? $label);
            }
        }
        foreach ($this->map->terms($target) as $label => $termId) {
            if (!isset($decisions[$label]) || !$decisions[$label]->provenance->isSet()) {
                $unwanted[] = $termId;
            }
        }
        $present = $this->termIds($postId, $target->taxonomy);
        $add = array_diff(array_filter($wanted), $present);
        $remove = array_diff(array_intersect($unwanted, $present), $wanted);
        self::quietly(static function () use ($postId, $target, $add, $remove): void {
            if ($add !== []) {
                wp_set_object_terms($postId, array_values($add), $target->taxonomy, true);
            }
            if ($remove !== []) {
                wp_remove_object_terms($postId, array_values($remove), $target->taxonomy);
            }
        });
    }

    /** @return list<int> */
    public function termIds(int $postId, string $taxonomy): array
    {
        $ids = wp_get_object_terms($postId, $taxonomy, ['fields' => 'ids']);
        return is_wp_error($ids) ? [] : array_map('intval', $ids);
    }
}
