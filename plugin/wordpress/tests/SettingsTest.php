<?php

declare(strict_types=1);

namespace Rubricator\Tests;

use PHPUnit\Framework\TestCase;
use Rubricator\Site\Settings;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;

final class SettingsTest extends TestCase
{
    public function testIsUsableWithoutAnything(): void
    {
        foreach ([null, false, '', 'x', [], ['kinds' => 'x', 'post_types' => 3, 'server_url' => 7]] as $given) {
            $settings = Settings::fromArray($given);
            self::assertSame('http://127.0.0.1:8080', $settings->serverUrl);
            self::assertSame(['post'], $settings->postTypes);
            self::assertSame('rubricator_topic', $settings->kind(Kind::Topic)->taxonomy);
            self::assertSame(Mode::Apply, $settings->kind(Kind::Desk)->mode);
        }
    }

    public function testComesBackAsItWasKept(): void
    {
        $kept = [
            'transport' => 'native', 'server_url' => 'https://news.example:8443', 'token' => 'secret',
            'library_path' => '/usr/lib/librubricator.so.0', 'native_target' => 'unix:/run/rubricator.sock',
            'post_types' => ['post', 'news'], 'deciders' => ['editor'],
            'kinds' => [
                'topic' => ['taxonomy' => 'category', 'mode' => 'suggest', 'threshold' => 0.7],
                'region' => ['taxonomy' => 'rubricator_region', 'mode' => 'apply', 'threshold' => 0.5],
                'desk' => ['taxonomy' => 'rubricator_desk', 'mode' => 'off', 'threshold' => 0.0],
            ],
            'desk_meta_key' => 'desk', 'desk_emails' => ['cis' => 'cis@example.org'], 'erases_on_uninstall' => false,
        ];
        self::assertSame($kept, Settings::fromArray($kept)->toArray());
    }

    public function testRefusesWhatIsNoAddressNoThresholdAndNoMode(): void
    {
        $settings = Settings::fromArray([
            'server_url' => 'javascript:alert(1)',
            'kinds' => ['topic' => ['threshold' => 7, 'mode' => 'maybe'], 'region' => ['threshold' => 'NaN']],
            'desk_emails' => ['cis' => 'no address'],
        ]);
        self::assertSame('http://127.0.0.1:8080', $settings->serverUrl);
        self::assertSame(1.0, $settings->kind(Kind::Topic)->threshold);
        self::assertSame(Mode::Apply, $settings->kind(Kind::Topic)->mode);
        self::assertSame(0.5, $settings->kind(Kind::Region)->threshold);
        self::assertSame([], $settings->deskEmails);
    }
}
