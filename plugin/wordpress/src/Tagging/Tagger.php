<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\KindSettings;
use Rubricator\Site\Settings;

/** Brings a post's terms in line with what the machine proposed and editors decided. */
final class Tagger
{
    /** Somebody else decided in between: how often to decide anew before leaving it at theirs. */
    private const MAX_ATTEMPTS = 5;

    public function __construct(
        private readonly Settings $settings,
        private readonly DecisionStore $decisions,
        private readonly PostTerms $terms,
        private readonly AnalysisStore $analyses,
        private readonly RoutingLog $routings,
    ) {
    }

    public static function make(Settings $settings): self
    {
        $terms = new PostTerms(new TermMap());
        return new self($settings, new DecisionStore(), $terms, new AnalysisStore(), new RoutingLog($settings));
    }

    /** Keeps the analysis and applies it. */
    public function apply(StoredAnalysis $analysis): void
    {
        foreach ($this->settings->kinds as $target) {
            if ($target->mode === Mode::Off || !taxonomy_exists($target->taxonomy)) {
                continue;
            }
            $this->decide($analysis->postId, $target, fn (array $before): array => ProvenanceRules::afterClassification(
                $before,
                $this->terms->present($analysis->postId, $target, $before),
                $analysis->proposals($target->kind),
                $target->mode,
                $target->threshold,
            ), $analysis);
        }
        $this->analyses->save($analysis);
        do_action('rubricator_classified', $analysis->postId, $analysis->message);
    }

    /** An editor's yes or no to one label; `$name` is for a term that has to be made. */
    public function verdict(int $postId, Kind $kind, string $label, bool $yes, int $editor, string $name): void
    {
        $this->decide(
            $postId,
            $this->settings->kind($kind),
            static fn (array $before): array => ProvenanceRules::afterVerdict($before, $label, $yes, $editor, time()),
            $this->analyses->load($postId),
            [$label => $name],
        );
    }

    /** @return list<string> what is set for a post, as "kind:label" */
    public function setLabels(int $postId): array
    {
        $set = [];
        foreach ($this->settings->kinds as $name => $target) {
            foreach ($this->decisions->load($postId, $target->kind) as $label => $decision) {
                if ($decision->provenance->isSet()) {
                    $set[] = "$name:$label";
                }
            }
        }
        return $set;
    }

    /** Sets and removes terms as the decisions say, after somebody else's form had its way. */
    public function writeTerms(int $postId): void
    {
        foreach ($this->settings->kinds as $target) {
            if ($target->mode !== Mode::Off && taxonomy_exists($target->taxonomy)) {
                $this->terms->write($postId, $target, $this->decisions->load($postId, $target->kind), []);
            }
        }
    }

    /**
     * Terms of a post were set or removed, and not by this class.
     *
     * @param list<int> $addedTerms
     * @param list<int> $removedTerms
     * @param ?list<string> $seen "kind:label" that the person saw as set; null: all of them
     * @return bool whether this changed any decision
     */
    public function edited(
        int $postId,
        KindSettings $target,
        array $addedTerms,
        array $removedTerms,
        int $editor,
        ?array $seen = null,
    ): bool {
        $map = new TermMap();
        $before = $this->decisions->load($postId, $target->kind);
        $added = array_merge([], ...array_map(
            fn (int $id): array => $this->terms->added($target, $id, $before),
            $addedTerms,
        ));
        $removed = array_merge([], ...array_map(
            static fn (int $id): array => $map->labels($target, $id),
            $removedTerms,
        ));
        // Of several labels of one term only those that were set can be taken away.
        $removed = array_filter($removed, static fn (string $label): bool
            => !isset($before[$label]) ? count($removed) === 1 : $before[$label]->provenance->isSet());
        if ($seen !== null) {
            $removed = array_filter($removed, static fn (string $label): bool
                => in_array("{$target->kind->value}:$label", $seen, true));
        }
        if ($added === [] && $removed === []) {
            return false;
        }
        $after = ProvenanceRules::afterEdit($before, $added, array_values($removed), $editor, time());
        $this->decisions->replace($postId, $target->kind, $before, $after);
        if ($target->kind === Kind::Desk) {
            $this->routings->record($postId, self::newlySet($before, $after), $this->analyses->load($postId), $editor);
        }
        return $after != $before;
    }

    /**
     * @param callable(array<string, Decision>): array<string, Decision> $rule
     * @param array<string, string> $names
     */
    private function decide(
        int $postId,
        KindSettings $target,
        callable $rule,
        ?StoredAnalysis $analysis,
        array $names = [],
    ): void {
        for ($attempt = 0; $attempt < self::MAX_ATTEMPTS; ++$attempt) {
            $before = $this->decisions->load($postId, $target->kind);
            $after = $rule($before);
            if (!$this->decisions->replace($postId, $target->kind, $before, $after)) {
                continue;
            }
            $this->terms->write($postId, $target, $after, array_filter($names) + ($analysis?->names($target->kind) ?? []));
            if ($target->kind === Kind::Desk) {
                $editor = max([0, ...array_map(static fn (Decision $d): int => $d->editor, $after)]);
                $this->routings->record($postId, self::newlySet($before, $after), $analysis, $editor);
            }
            return;
        }
    }

    /**
     * @param array<string, Decision> $before
     * @param array<string, Decision> $after
     * @return array<string, Decision> what is set now and was not
     */
    private static function newlySet(array $before, array $after): array
    {
        return array_filter($after, static fn (Decision $decision, string|int $label): bool
            => $decision->provenance->isSet() && !($before[$label] ?? null)?->provenance->isSet(), ARRAY_FILTER_USE_BOTH);
    }
}
