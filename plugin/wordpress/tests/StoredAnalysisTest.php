<?php

declare(strict_types=1);

namespace Rubricator\Tests;

use PHPUnit\Framework\TestCase;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\StoredAnalysis;

final class StoredAnalysisTest extends TestCase
{
    public function testProposesTopicsFocusCountriesAndDesks(): void
    {
        $analysis = self::of([
            'topics' => [['id' => 'security', 'confidence' => 0.9, 'displayName' => 'Безопасность']],
            'regions' => [
                ['code' => 'KG', 'role' => 'REGION_ROLE_FOCUS', 'confidence' => 1.2],
                ['code' => 'US', 'role' => 'REGION_ROLE_MENTIONED', 'confidence' => 0.4],
            ],
            'desks' => [['desk' => 'cis', 'rule' => 'neighbours']],
            'modelVersion' => 'v1',
        ]);
        self::assertSame(['security' => 0.9], $analysis->proposals(Kind::Topic)->confidences);
        self::assertSame(['security' => 'Безопасность'], $analysis->names(Kind::Topic));
        self::assertSame(['KG' => 1.0], $analysis->proposals(Kind::Region)->confidences);
        self::assertSame(['cis' => null], $analysis->proposals(Kind::Desk)->confidences);
        self::assertSame('v1', $analysis->modelVersion());
    }

    public function testReadsNothingOutOfGarbage(): void
    {
        $topics = [1, null, ['id' => ['x']], ['confidence' => 1]];
        $garbage = [[], ['topics' => 'x'], ['topics' => $topics], ['modelVersion' => []]];
        foreach ($garbage as $message) {
            $analysis = self::of($message);
            self::assertSame([], $analysis->proposals(Kind::Topic)->confidences);
            self::assertSame('', $analysis->modelVersion());
        }
    }

    public function testBlanksShortcodesWithoutMovingTheText(): void
    {
        $GLOBALS['shortcode_tags'] = ['gallery' => 'f', 'caption' => 'f'];
        $content = 'А [caption id="х😀"]Бишкек[/caption] [gallery] [мы] [galleryx]';
        $read = PostArticle::withoutShortcodes($content);
        unset($GLOBALS['shortcode_tags']);
        $units = static fn (string $text): int => intdiv(strlen(mb_convert_encoding($text, 'UTF-16LE', 'UTF-8')), 2);
        self::assertSame($units($content), $units($read));
        self::assertSame('А Бишкек [мы] [galleryx]', preg_replace('/ +/', ' ', $read));
        $before = static fn (string $text): int => $units((string) strstr($text, 'Бишкек', true));
        self::assertSame($before($content), $before($read));
    }

    /** @param array<string, mixed> $message */
    private static function of(array $message): StoredAnalysis
    {
        return new StoredAnalysis(1, 'hash', $message, 'run', 5);
    }
}
