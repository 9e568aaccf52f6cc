<?php

declare(strict_types=1);

namespace Rubricator\Queue;

/** What is to be done for a post. */
enum Task: string
{
    case Classify = 'classify';
    case Correct = 'correct';
}
