<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Editor\Diagnosis;
use Rubricator\Queue\JobQueue;
use Rubricator\Queue\Worker;
use Rubricator\Server\NativeTransport;
use Rubricator\Server\Server;
use Rubricator\Server\TransportError;
use Rubricator\Site\Settings;

/** Asks a server who it is, and says in plain words what came back. */
final class ConnectionTest
{
    private const TIMEOUT_MS = 3000;

    /** @return array{ok: bool, message: string} */
    public static function of(Settings $settings): array
    {
        $server = Server::fromSettings($settings);
        $begin = hrtime(true);
        try {
            $model = $server->probe('rubricator.v1.ModelService/GetModel', [], self::TIMEOUT_MS)['model'] ?? null;
        } catch (TransportError $error) {
            return ['ok' => false, 'message' => Diagnosis::of($error)];
        }
        if (!is_array($model)) {
            return ['ok' => false, 'message' => Diagnosis::ofReason('malformed', '')];
        }
        if ($settings == Settings::load()) {
            // What waited for the server need not wait for the breaker to find out.
            Server::closeBreaker();
            Worker::schedule((new JobQueue())->nextDue());
        }
        return ['ok' => true, 'message' => sprintf(
            /* translators: 1: version, 2: number of topics, 3: languages, 4: milliseconds */
            __('Works: model %1$s, %2$d topics, languages %3$s, answered in %4$d ms.', 'rubricator'),
            (string) ($model['version'] ?? '?'),
            count((array) ($model['topics'] ?? [])),
            implode(', ', array_filter((array) ($model['languages'] ?? []), 'is_string')),
            (int) ((hrtime(true) - $begin) / 1e6),
        )];
    }

    /** For Site Health: what this PHP lacks for the way that is set up. */
    public static function obstacle(Settings $settings): string
    {
        return $settings->transport === 'native' ? NativeTransport::obstacle() : '';
    }
}
