<?php

declare(strict_types=1);

namespace Rubricator\Site;

use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;

/** What the administrator chose. Whatever stands in the option, this is valid. */
final class Settings
{
    public const OPTION = 'rubricator_settings';

    /**
     * @param 'http'|'native' $transport
     * @param list<string> $postTypes
     * @param list<string> $deciders roles whose users may accept and reject, on posts that they may edit
     * @param array<string, KindSettings> $kinds by Kind's value
     * @param array<string, string> $deskEmails address by desk
     */
    private function __construct(
        public readonly string $transport,
        public readonly string $serverUrl,
        private readonly string $savedToken,
        public readonly string $libraryPath,
        public readonly string $nativeTarget,
        public readonly array $postTypes,
        public readonly array $deciders,
        public readonly array $kinds,
        public readonly string $deskMetaKey,
        public readonly array $deskEmails,
        public readonly bool $erasesOnUninstall,
    ) {
    }

    public static function load(): self
    {
        return self::fromArray(get_option(self::OPTION));
    }

    /** @param mixed $given an array as toArray() gives, as far as it goes */
    public static function fromArray(mixed $given): self
    {
        $given = is_array($given) ? $given : [];
        $text = static fn (string $key, string $default = ''): string
            => is_string($given[$key] ?? null) ? trim($given[$key]) : $default;
        $words = static fn (string $key, array $default): array
            => is_array($given[$key] ?? null)
                ? array_values(array_unique(array_filter(array_map('strval', $given[$key]), 'strlen')))
                : $default;
        $kinds = [];
        foreach (Kind::cases() as $kind) {
            $kinds[$kind->value] = KindSettings::fromArray($kind, $given['kinds'][$kind->value] ?? null);
        }
        $url = $text('server_url', 'http://127.0.0.1:8080');
        return new self(
            $text('transport') === 'native' ? 'native' : 'http',
            preg_match('#^https?://[^\s/]+#i', $url) === 1 ? $url : 'http://127.0.0.1:8080',
            $text('token'),
            $text('library_path', 'librubricator.so.0'),
            $text('native_target', '127.0.0.1:50051'),
            $words('post_types', ['post']),
            $words('deciders', ['administrator', 'editor', 'author']),
            $kinds,
            $text('desk_meta_key'),
            self::emails($given['desk_emails'] ?? null),
            (bool) ($given['erases_on_uninstall'] ?? true),
        );
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return [
            'transport' => $this->transport,
            'server_url' => $this->serverUrl,
            'token' => $this->savedToken,
            'library_path' => $this->libraryPath,
            'native_target' => $this->nativeTarget,
            'post_types' => $this->postTypes,
            'deciders' => $this->deciders,
            'kinds' => array_map(static fn (KindSettings $kind): array => $kind->toArray(), $this->kinds),
            'desk_meta_key' => $this->deskMetaKey,
            'desk_emails' => $this->deskEmails,
            'erases_on_uninstall' => $this->erasesOnUninstall,
        ];
    }

    public function kind(Kind $kind): KindSettings
    {
        return $this->kinds[$kind->value];
    }

    /** RUBRICATOR_TOKEN in wp-config.php keeps the token out of the database. */
    public function token(): string
    {
        return defined('RUBRICATOR_TOKEN') ? (string) RUBRICATOR_TOKEN : $this->savedToken;
    }

    /** @return array<string, string> */
    private static function emails(mixed $given): array
    {
        $emails = [];
        foreach (is_array($given) ? $given : [] as $desk => $email) {
            if (is_string($email) && filter_var(trim($email), FILTER_VALIDATE_EMAIL) !== false) {
                $emails[(string) $desk] = trim($email);
            }
        }
        return $emails;
    }
}
