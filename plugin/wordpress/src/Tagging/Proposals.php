<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** What a model proposes for one kind of one post. */
final class Proposals
{
    /** @param array<string, ?float> $confidences confidence in [0, 1] by label; null counts as certain */
    public function __construct(
        public readonly array $confidences,
        public readonly string $modelVersion,
        public readonly int $time,
    ) {
    }
}
