<?php

declare(strict_types=1);

namespace Rubricator\Tests;

use PHPUnit\Framework\TestCase;
use Rubricator\Tagging\Decision;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\Proposals;
use Rubricator\Tagging\Provenance;
use Rubricator\Tagging\ProvenanceRules;

final class ProvenanceRulesTest extends TestCase
{
    private const EDITOR = 7;
    private const NOW = 1_700_000_000;

    /** @return iterable<string, array{array<string, mixed>}> */
    public static function cases(): iterable
    {
        $table = json_decode((string) file_get_contents(__DIR__ . '/../../shared/provenance_cases.json'), true);
        foreach ($table['cases'] as $case) {
            yield $case['name'] => [$case];
        }
    }

    /**
     * @dataProvider cases
     * @param array<string, mixed> $case
     */
    public function testKeepsTheSharedRules(array $case): void
    {
        $before = array_map(self::decision(...), $case['before']);
        $set = array_keys(array_filter($before, static fn (Decision $d): bool => $d->provenance->isSet()));
        $after = self::after($before, $case['present'] ?? array_map('strval', $set), $case['event']);
        $names = array_map(static fn (Decision $decision): string => $decision->provenance->value, $after);
        ksort($names);
        ksort($case['after']);
        self::assertSame($case['after'], $names);
    }

    public function testKeepsWhoDecidedAndWhenWhenTheMachineSpeaksAgain(): void
    {
        $accepted = new Decision(Provenance::Accepted, 0.8, 'v1', self::EDITOR, 5);
        $after = ProvenanceRules::afterClassification(
            ['security' => $accepted],
            ['security'],
            new Proposals(['security' => 0.9], 'v2', self::NOW),
            Mode::Apply,
            0.5,
        );
        self::assertEquals(['security' => new Decision(Provenance::Accepted, 0.9, 'v2', self::EDITOR, 5)], $after);
    }

    public function testTellsTheEditorAndTheTimeOfAVerdict(): void
    {
        $after = ProvenanceRules::afterVerdict([], 'security', false, self::EDITOR, self::NOW);
        self::assertSame(self::EDITOR, $after['security']->editor);
        self::assertSame(self::NOW, $after['security']->decidedAt);
    }

    /**
     * @param array<string, Decision> $before
     * @param list<string> $present
     * @param array<string, array<string, mixed>> $event
     * @return array<string, Decision>
     */
    private static function after(array $before, array $present, array $event): array
    {
        if (isset($event['classified'])) {
            $said = $event['classified'];
            $proposals = new Proposals($said['proposals'], 'v1', self::NOW);
            $mode = Mode::from($said['mode']);
            return ProvenanceRules::afterClassification($before, $present, $proposals, $mode, $said['threshold']);
        }
        if (isset($event['edited'])) {
            $said = $event['edited'];
            return ProvenanceRules::afterEdit($before, $said['added'], $said['removed'], self::EDITOR, self::NOW);
        }
        $said = $event['verdict'];
        $known = $before[$said['label']] ?? null;
        if ($known !== null) {
            $version = $said['proposed'] ? 'v1' : '';
            $before[$said['label']] = new Decision($known->provenance, $known->confidence, $version);
        }
        return ProvenanceRules::afterVerdict($before, $said['label'], $said['yes'], self::EDITOR, self::NOW);
    }

    private static function decision(string $provenance): Decision
    {
        return new Decision(Provenance::from($provenance));
    }
}
