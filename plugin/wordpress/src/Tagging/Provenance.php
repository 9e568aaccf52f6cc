<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** Who a label of a post is from. */
enum Provenance: string
{
    /** Proposed by the machine; no term is set. */
    case Suggested = 'suggested';
    /** Set by the machine, and not judged by an editor yet. */
    case Auto = 'auto';
    /** Proposed by the machine and confirmed by an editor. */
    case Accepted = 'accepted';
    /** Set by an editor, or by whatever made the post. */
    case Manual = 'manual';
    /** Taken away by an editor; never comes back on its own. */
    case Rejected = 'rejected';

    public function isSet(): bool
    {
        return $this === self::Auto || $this === self::Accepted || $this === self::Manual;
    }

    public function isEditors(): bool
    {
        return $this === self::Accepted || $this === self::Manual || $this === self::Rejected;
    }
}
