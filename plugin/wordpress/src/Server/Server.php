<?php

declare(strict_types=1);

namespace Rubricator\Server;

use Rubricator\Site\Settings;

/** Rubricator as this site is set up to ask it, behind the circuit breaker. */
final class Server
{
    public const BREAKER_OPTION = 'rubricator_breaker';
    private const TOPICS_TRANSIENT = 'rubricator_topics';

    public function __construct(private readonly Transport $transport)
    {
    }

    public static function fromSettings(Settings $settings): self
    {
        $own = apply_filters('rubricator_transport', null, $settings);
        if ($own instanceof Transport) {
            return new self($own);
        }
        return new self(match ($settings->transport) {
            'native' => new NativeTransport($settings->libraryPath, $settings->nativeTarget, $settings->token()),
            default => new HttpTransport($settings->serverUrl, $settings->token()),
        });
    }

    public static function breaker(): CircuitBreaker
    {
        return CircuitBreaker::fromState(get_option(self::BREAKER_OPTION));
    }

    public function target(): string
    {
        return $this->transport->target();
    }

    /**
     * As Transport::call, whatever the breaker says, and without telling it: for trying settings.
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     * @throws TransportError
     */
    public function probe(string $method, array $request, int $timeoutMs): array
    {
        return $this->transport->call($method, $request, $timeoutMs);
    }

    /** The server is known to be well again: no need to wait. */
    public static function closeBreaker(): void
    {
        delete_option(self::BREAKER_OPTION);
    }

    /**
     * As Transport::call, but fails at once while the breaker is open.
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     * @throws TransportError
     */
    public function call(string $method, array $request, int $timeoutMs): array
    {
        $breaker = self::breaker();
        if (!$breaker->allows(time())) {
            throw new TransportError($breaker->reason, $breaker->message);
        }
        try {
            $answer = $this->transport->call($method, $request, $timeoutMs);
        } catch (TransportError $error) {
            if ($error->isServerDown()) {
                update_option(self::BREAKER_OPTION, $breaker->failed($error, time())->state(), false);
            }
            throw $error;
        }
        if ($breaker->isDown()) {
            update_option(self::BREAKER_OPTION, $breaker->succeeded()->state(), false);
        }
        return $answer;
    }

    /**
     * Names of the model's topics by id, in the site's language; kept for half a day. Empty while the server is away.
     *
     * @return array<string, string>
     */
    public function topicNames(): array
    {
        $language = substr(get_locale(), 0, 2);
        $kept = get_transient(self::TOPICS_TRANSIENT);
        if (is_array($kept) && ($kept['language'] ?? '') === $language) {
            return $kept['names'];
        }
        try {
            $model = $this->call('rubricator.v1.ModelService/GetModel', [], 1000)['model'] ?? [];
        } catch (TransportError) {
            return [];
        }
        $names = [];
        foreach ($model['topics'] ?? [] as $topic) {
            $byLanguage = $topic['displayNames'] ?? [];
            $names[(string) $topic['id']] = (string) ($byLanguage[$language] ?? $byLanguage['en'] ?? $topic['id']);
        }
        set_transient(self::TOPICS_TRANSIENT, ['language' => $language, 'names' => $names], 12 * HOUR_IN_SECONDS);
        return $names;
    }
}
