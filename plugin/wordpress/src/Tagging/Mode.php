<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** What the machine may do with a kind of label: set and remove terms, only propose them, or nothing. */
enum Mode: string
{
    case Apply = 'apply';
    case Suggest = 'suggest';
    case Off = 'off';
}
