<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** How a label of a post stands, and since when. */
final class Decision
{
    /**
     * @param ?float $confidence in [0, 1]; null where no model spoke, or none gives one (desks)
     * @param int $editor user id; 0 for the machine and for whoever is not known
     * @param int $decidedAt Unix time in seconds
     */
    public function __construct(
        public readonly Provenance $provenance,
        public readonly ?float $confidence = null,
        public readonly string $modelVersion = '',
        public readonly int $editor = 0,
        public readonly int $decidedAt = 0,
    ) {
    }

    public function by(Provenance $provenance, int $editor, int $now): self
    {
        return new self($provenance, $this->confidence, $this->modelVersion, $editor, $now);
    }
}
