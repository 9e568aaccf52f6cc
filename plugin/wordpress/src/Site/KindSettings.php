<?php

declare(strict_types=1);

namespace Rubricator\Site;

use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;

/** Where labels of one kind go, and what the machine may do with them. */
final class KindSettings
{
    private const DEFAULT_THRESHOLD = 0.5;

    private function __construct(
        public readonly Kind $kind,
        public readonly string $taxonomy,
        public readonly Mode $mode,
        public readonly float $threshold,
    ) {
    }

    /** @param mixed $given an array as toArray() gives, as far as it goes */
    public static function fromArray(Kind $kind, mixed $given): self
    {
        $given = is_array($given) ? $given : [];
        $taxonomy = $given['taxonomy'] ?? '';
        $threshold = $given['threshold'] ?? self::DEFAULT_THRESHOLD;
        return new self(
            $kind,
            is_string($taxonomy) && $taxonomy !== '' ? $taxonomy : $kind->ownTaxonomy(),
            Mode::tryFrom((string) ($given['mode'] ?? '')) ?? Mode::Apply,
            is_numeric($threshold) ? min(1.0, max(0.0, (float) $threshold)) : self::DEFAULT_THRESHOLD,
        );
    }

    /** @return array<string, string|float> */
    public function toArray(): array
    {
        return ['taxonomy' => $this->taxonomy, 'mode' => $this->mode->value, 'threshold' => $this->threshold];
    }

    public function isOwnTaxonomy(): bool
    {
        return $this->taxonomy === $this->kind->ownTaxonomy();
    }
}
