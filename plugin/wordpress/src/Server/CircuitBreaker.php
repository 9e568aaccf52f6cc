<?php

declare(strict_types=1);

namespace Rubricator\Server;

/**
 * Leaves a server alone that does not answer: after a failure no call for 5 seconds, then one at a time, each failure
 * doubling the wait up to 5 minutes. The state is an array, so that it can live in an option.
 */
final class CircuitBreaker
{
    private const FIRST_WAIT_SECONDS = 5;
    private const LONGEST_WAIT_SECONDS = 300;

    private function __construct(
        public readonly int $failures = 0,
        public readonly int $closedUntil = 0,
        public readonly int $downSince = 0,
        public readonly string $reason = '',
        public readonly string $message = '',
    ) {
    }

    /** @param mixed $state what state() gave; anything else is a server without failures */
    public static function fromState(mixed $state): self
    {
        if (!is_array($state)) {
            return new self();
        }
        return new self(
            max(0, (int) ($state['failures'] ?? 0)),
            (int) ($state['until'] ?? 0),
            (int) ($state['since'] ?? 0),
            (string) ($state['reason'] ?? ''),
            (string) ($state['message'] ?? ''),
        );
    }

    /** @return array<string, int|string> */
    public function state(): array
    {
        return [
            'failures' => $this->failures,
            'until' => $this->closedUntil,
            'since' => $this->downSince,
            'reason' => $this->reason,
            'message' => $this->message,
        ];
    }

    public function allows(int $now): bool
    {
        return $now >= $this->closedUntil;
    }

    public function isDown(): bool
    {
        return $this->failures > 0;
    }

    public function failed(TransportError $error, int $now): self
    {
        $doublings = min($this->failures, 10);
        $wait = min(self::LONGEST_WAIT_SECONDS, self::FIRST_WAIT_SECONDS * 2 ** $doublings);
        return new self(
            $this->failures + 1,
            $now + $wait,
            $this->failures === 0 ? $now : $this->downSince,
            $error->reason,
            $error->getMessage(),
        );
    }

    public function succeeded(): self
    {
        return new self();
    }
}
