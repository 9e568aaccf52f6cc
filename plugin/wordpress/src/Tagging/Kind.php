<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** What a label is: a topic of the taxonomy, a country, or a desk. */
enum Kind: string
{
    case Topic = 'topic';
    case Region = 'region';
    case Desk = 'desk';

    /** The taxonomy that the plugin brings for it. */
    public function ownTaxonomy(): string
    {
        return 'rubricator_' . $this->value;
    }
}
