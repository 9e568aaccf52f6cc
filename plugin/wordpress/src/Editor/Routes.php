<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Admin\ConnectionTest;
use Rubricator\Queue\JobQueue;
use Rubricator\Queue\PostListener;
use Rubricator\Queue\Task;
use Rubricator\Queue\Worker;
use Rubricator\Server\Server;
use Rubricator\Server\TransportError;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\StoredAnalysis;
use Rubricator\Tagging\Tagger;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/** The REST routes of the editors, under rubricator/v1. WordPress checks the nonce; each route checks its capability. */
final class Routes
{
    public const NAMESPACE = 'rubricator/v1';
    /** An editor sees the answer of a live suggestion at once, or none. */
    private const LIVE_TIMEOUT_MS = 300;

    public static function register(): void
    {
        $post = '/posts/(?P<id>\d+)';
        $text = ['type' => 'string', 'required' => true];
        self::route($post, WP_REST_Server::READABLE, 'state', 'mayEdit');
        self::route("$post/decisions", WP_REST_Server::CREATABLE, 'decide', 'mayDecide', [
            'kind' => ['type' => 'string', 'required' => true, 'enum' => array_column(Kind::cases(), 'value')],
            'label' => $text + ['pattern' => '^[\w.:-]{1,64}$'],
            'yes' => ['type' => 'boolean', 'required' => true],
        ]);
        self::route("$post/classification", WP_REST_Server::CREATABLE, 'classify', 'mayEdit', [
            'again' => ['type' => 'boolean', 'default' => false],
        ]);
        self::route("$post/suggestions", WP_REST_Server::CREATABLE, 'suggest', 'mayEdit', [
            'title' => $text,
            'content' => $text,
        ]);
        self::route('/connection', WP_REST_Server::CREATABLE, 'test', 'mayManage');
        self::route('/labels', WP_REST_Server::READABLE, 'labels', 'mayWrite');
    }

    public static function state(WP_REST_Request $request): WP_REST_Response
    {
        return new WP_REST_Response(PostState::of((int) $request['id']));
    }

    public static function decide(WP_REST_Request $request): WP_REST_Response|WP_Error
    {
        $id = (int) $request['id'];
        $kind = Kind::from($request['kind']);
        $settings = Settings::load();
        if ($settings->kind($kind)->mode === Mode::Off) {
            $off = __('This kind of label is switched off.', 'rubricator');
            return new WP_Error('rubricator_off', $off, ['status' => 409]);
        }
        $name = Labels::name($settings, $kind, $request['label']);
        if ($name === null) {
            return new WP_Error('rubricator_unknown_label', __('There is no such label.', 'rubricator'), ['status' => 400]);
        }
        Tagger::make($settings)
            ->verdict($id, $kind, $request['label'], (bool) $request['yes'], get_current_user_id(), $name);
        PostListener::queueCorrection($id);
        return self::state($request);
    }

    /** Does the post's job now, if it has one; `again` gives it one. */
    public static function classify(WP_REST_Request $request): WP_REST_Response
    {
        $id = (int) $request['id'];
        if ($request['again']) {
            (new AnalysisStore())->forgetHash($id);
            (new JobQueue())->add($id, Task::Classify);
        }
        Worker::make()->classifyPost($id);
        return self::state($request);
    }

    /** What the text in the editor would get, saved or not. Nothing is kept. */
    public static function suggest(WP_REST_Request $request): WP_REST_Response|WP_Error
    {
        $id = (int) $request['id'];
        $settings = Settings::load();
        try {
            $answer = Server::fromSettings($settings)->call('rubricator.v1.ClassificationService/ClassifyArticle', [
                'article' => [
                    'id' => (string) $id,
                    'title' => $request['title'],
                    'body' => PostArticle::withoutShortcodes($request['content']),
                    'format' => 'TEXT_FORMAT_HTML',
                ],
                'options' => [
                    'includeEvidence' => true,
                    'offsetEncoding' => 'OFFSET_ENCODING_UTF16',
                    'displayLanguage' => substr(get_user_locale(), 0, 2),
                ],
            ], self::LIVE_TIMEOUT_MS);
        } catch (TransportError $error) {
            return new WP_Error('rubricator_unreachable', Diagnosis::of($error), ['status' => 503]);
        }
        $hash = PostArticle::hashOf($request['title'], $request['content']);
        $message = is_array($answer['analysis'] ?? null) ? $answer['analysis'] : [];
        $analysis = new StoredAnalysis($id, $hash, $message, '', time());
        return new WP_REST_Response(PostState::kinds($id, $settings, $analysis));
    }

    public static function labels(): WP_REST_Response
    {
        return new WP_REST_Response(Labels::all(Settings::load()));
    }

    /** Tries the settings of the request, which need not be saved; an empty token stands for the saved one. */
    public static function test(WP_REST_Request $request): WP_REST_Response
    {
        $saved = Settings::load();
        $given = array_filter((array) $request->get_json_params(), 'is_string') + $saved->toArray();
        $given['token'] = ($given['token'] ?? '') === '' ? $saved->token() : $given['token'];
        return new WP_REST_Response(ConnectionTest::of(Settings::fromArray($given)));
    }

    public static function mayManage(): bool
    {
        return current_user_can('manage_options');
    }

    public static function mayEdit(WP_REST_Request $request): bool
    {
        return Permission::mayEdit((int) $request['id']);
    }

    public static function mayDecide(WP_REST_Request $request): bool
    {
        return Permission::mayDecide((int) $request['id']);
    }

    public static function mayWrite(): bool
    {
        return current_user_can('edit_posts');
    }

    /** @param array<string, array<string, mixed>> $arguments */
    private static function route(string $path, string $methods, string $does, string $may, array $arguments = []): void
    {
        register_rest_route(self::NAMESPACE, $path, [
            'methods' => $methods,
            'callback' => [self::class, $does],
            'permission_callback' => [self::class, $may],
            'args' => $arguments,
        ]);
    }
}
