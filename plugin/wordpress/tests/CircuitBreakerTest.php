<?php

declare(strict_types=1);

namespace Rubricator\Tests;

use PHPUnit\Framework\TestCase;
use Rubricator\Server\CircuitBreaker;
use Rubricator\Server\TransportError;

final class CircuitBreakerTest extends TestCase
{
    public function testWaitsTwiceAsLongAfterEachFailureUpToFiveMinutes(): void
    {
        $breaker = CircuitBreaker::fromState(null);
        $waits = [];
        for ($i = 0; $i < 8; ++$i) {
            self::assertTrue($breaker->allows(1000));
            $breaker = $breaker->failed(new TransportError('unavailable', 'refused'), 1000);
            $waits[] = $breaker->closedUntil - 1000;
            self::assertFalse($breaker->allows($breaker->closedUntil - 1));
            self::assertTrue($breaker->allows($breaker->closedUntil));
            $breaker = CircuitBreaker::fromState(['until' => 0] + $breaker->state());
        }
        self::assertSame([5, 10, 20, 40, 80, 160, 300, 300], $waits);
    }

    public function testRemembersSinceWhenTheServerIsAwayAndWhy(): void
    {
        $first = CircuitBreaker::fromState(null)->failed(new TransportError('unavailable', 'refused'), 1000);
        $second = CircuitBreaker::fromState($first->state())->failed(new TransportError('malformed', 'HTML'), 2000);
        self::assertSame([1000, 'malformed', 'HTML'], [$second->downSince, $second->reason, $second->message]);
        self::assertFalse($second->succeeded()->isDown());
    }

    public function testSurvivesAnyStoredState(): void
    {
        foreach ([false, '', 'x', ['failures' => 'many'], ['until' => []]] as $state) {
            self::assertFalse(CircuitBreaker::fromState($state)->isDown());
        }
    }

    /** @return iterable<string, array{string, bool, bool}> */
    public static function reasons(): iterable
    {
        yield 'nobody there' => ['unavailable', true, true];
        yield 'too late' => ['deadline_exceeded', true, true];
        yield 'not Rubricator' => ['malformed', true, true];
        yield 'wrong token' => ['unauthenticated', true, true];
        yield 'overload' => ['resource_exhausted', false, true];
        yield 'a bug' => ['internal', false, true];
        yield 'a bad article' => ['invalid_argument', false, false];
    }

    /** @dataProvider reasons */
    public function testTellsTheServersFaultsFromTheMessages(string $reason, bool $isServerDown, bool $isTemporary): void
    {
        $error = new TransportError($reason, '');
        self::assertSame([$isServerDown, $isTemporary], [$error->isServerDown(), $error->isTemporary()]);
    }
}
