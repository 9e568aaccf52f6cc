<?php

declare(strict_types=1);

namespace Rubricator\Server;

use RuntimeException;

/** Why a call failed. */
final class TransportError extends RuntimeException
{
    /** What only the message at hand is at fault for. */
    private const MESSAGE_AT_FAULT = ['invalid_argument', 'out_of_range', 'already_exists'];
    /** What befalls one call and spares the next. */
    private const PASSING = ['resource_exhausted', 'aborted', 'internal', 'unknown', 'canceled'];

    /**
     * @param string $reason Connect's code in lower case ("invalid_argument"), or "malformed" when the answer was none of
     *                       Rubricator's
     */
    public function __construct(public readonly string $reason, string $message)
    {
        parent::__construct($message);
    }

    /** Whether every other call would fail as well, so that it is best to wait. */
    public function isServerDown(): bool
    {
        return !in_array($this->reason, [...self::MESSAGE_AT_FAULT, ...self::PASSING], true);
    }

    /** Whether the same call may succeed later. */
    public function isTemporary(): bool
    {
        return !in_array($this->reason, self::MESSAGE_AT_FAULT, true);
    }
}
