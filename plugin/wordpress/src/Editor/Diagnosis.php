<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Server\TransportError;

/** What a failed call means, in plain words. */
final class Diagnosis
{
    public static function of(TransportError $error): string
    {
        return self::ofReason($error->reason, $error->getMessage());
    }

    public static function ofReason(string $reason, string $message): string
    {
        $words = match ($reason) {
            'unavailable' => __('The server cannot be reached. Is it running, and is its address right?', 'rubricator'),
            'deadline_exceeded' => __('The server did not answer in time. It may be overloaded, or hang.', 'rubricator'),
            'malformed' => __('Something answered at this address, but it is not Rubricator. Check the port.', 'rubricator'),
            'unauthenticated' => __('The server wants a token, or another one than yours.', 'rubricator'),
            'permission_denied' => __('The token is right, but does not allow this.', 'rubricator'),
            'unimplemented' => __('The server is too old for this, or set up without it.', 'rubricator'),
            'failed_precondition' => __('Something is not set up yet.', 'rubricator'),
            'resource_exhausted' => __('The server has too much to do just now.', 'rubricator'),
            'invalid_argument' => __('The server cannot read this text.', 'rubricator'),
            default => __('The server could not answer.', 'rubricator'),
        };
        return $message === '' ? $words : "$words ($message)";
    }
}
