<?php

declare(strict_types=1);

namespace Rubricator\Server;

use FFI;
use FFI\CData;
use Throwable;

/**
 * Asks through librubricator by PHP's FFI: a server over gRPC ("news.example:50051"), or a bundle inside this very process
 * ("embedded:/srv/models/default"). Needs ffi.enable=true, or "preload" with rubricator.h preloaded.
 */
final class NativeTransport implements Transport
{
    /** The part of rubricator.h that one JSON call takes; opaque pointers throughout. */
    private const DECLARATIONS = <<<'C'
        typedef struct { const char* data; uint64_t size; } rubricator_text;
        typedef struct {
          uint32_t struct_size, timeout_ms, max_attempts, use_tls;
          rubricator_text fallback_target, routing_file, tls_ca_file, tls_cert_file, tls_key_file, tls_server_name;
          rubricator_text bearer_token;
        } rubricator_client_options;
        typedef struct rubricator_client rubricator_client;
        typedef struct rubricator_error rubricator_error;
        typedef struct rubricator_json rubricator_json;
        int32_t rubricator_client_open(rubricator_text target, const rubricator_client_options* options,
                                       rubricator_client** out, rubricator_error** error);
        void rubricator_client_close(rubricator_client* client);
        int32_t rubricator_call(rubricator_client* client, rubricator_text method, rubricator_text request_json,
                                uint32_t timeout_ms, rubricator_json** out, rubricator_error** error);
        rubricator_text rubricator_json_text(const rubricator_json* json);
        void rubricator_json_free(rubricator_json* json);
        rubricator_text rubricator_error_message(const rubricator_error* error);
        void rubricator_error_free(rubricator_error* error);
        C;

    /** gRPC's codes by number, as Connect spells them. */
    private const REASONS = [
        1 => 'canceled', 'unknown', 'invalid_argument', 'deadline_exceeded', 'not_found', 'already_exists',
        'permission_denied', 'resource_exhausted', 'failed_precondition', 'aborted', 'out_of_range', 'unimplemented',
        'internal', 'unavailable', 'data_loss', 'unauthenticated',
    ];

    private ?FFI $library = null;
    private ?CData $client = null;

    /**
     * @param string $path of librubricator.so
     * @param string $target as docs/clients.md lists them
     */
    public function __construct(
        private readonly string $path,
        private readonly string $target,
        private readonly string $token = '',
    ) {
    }

    public function __destruct()
    {
        if ($this->client !== null) {
            $this->library?->rubricator_client_close($this->client);
        }
    }

    public function call(string $method, array $request, int $timeoutMs): array
    {
        $json = $request === []
            ? '{}'
            : (string) json_encode($request, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
        $client = $this->client();
        $out = $this->library->new('rubricator_json*');
        $error = $this->library->new('rubricator_error*');
        // The buffers must live until the call returns, hence the variables.
        [$methodText, $methodBytes] = $this->text($method);
        [$requestText, $requestBytes] = $this->text($json);
        $code = $this->library->rubricator_call(
            $client,
            $methodText,
            $requestText,
            $timeoutMs,
            FFI::addr($out),
            FFI::addr($error),
        );
        unset($methodBytes, $requestBytes);
        if ($code !== 0) {
            throw $this->failure($code, $error);
        }
        $answer = $this->library->rubricator_json_text($out);
        $message = json_decode(FFI::string($answer->data, $answer->size), true);
        $this->library->rubricator_json_free($out);
        if (!is_array($message)) {
            throw new TransportError('malformed', 'librubricator answered no JSON object');
        }
        return $message;
    }

    public function target(): string
    {
        return $this->target;
    }

    /** Why this PHP cannot use the library; empty when it can. */
    public static function obstacle(): string
    {
        if (!extension_loaded('ffi')) {
            return 'PHP has no FFI extension';
        }
        $enabled = strtolower((string) ini_get('ffi.enable'));
        $commandLine = $enabled === 'preload' && in_array(PHP_SAPI, ['cli', 'phpdbg'], true);
        return in_array($enabled, ['1', 'true', 'on'], true) || $commandLine
            ? ''
            : sprintf('php.ini says ffi.enable=%s; it takes "true"', $enabled);
    }

    private function client(): CData
    {
        if ($this->client !== null) {
            return $this->client;
        }
        $obstacle = self::obstacle();
        if ($obstacle !== '') {
            throw new TransportError('failed_precondition', $obstacle);
        }
        try {
            $this->library ??= FFI::cdef(self::DECLARATIONS, $this->path);
        } catch (Throwable $problem) {
            throw new TransportError('failed_precondition', $problem->getMessage());
        }
        $client = $this->library->new('rubricator_client*');
        $error = $this->library->new('rubricator_error*');
        [$text, $bytes] = $this->text($this->target);
        [$token, $tokenBytes] = $this->text($this->token);
        $options = $this->library->new('rubricator_client_options');
        $options->struct_size = FFI::sizeof($options);
        $options->bearer_token = $token;
        $code = $this->library->rubricator_client_open(
            $text,
            FFI::addr($options),
            FFI::addr($client),
            FFI::addr($error),
        );
        unset($bytes, $tokenBytes);
        if ($code !== 0) {
            throw $this->failure($code, $error);
        }
        return $this->client = $client;
    }

    /** @return array{CData, CData} the struct, and the bytes that it points to */
    private function text(string $value): array
    {
        $size = strlen($value);
        $bytes = FFI::new(sprintf('char[%d]', max(1, $size)));
        FFI::memcpy($bytes, $value, $size);
        $text = $this->library->new('rubricator_text');
        $text->data = $this->library->cast('const char*', FFI::addr($bytes));
        $text->size = $size;
        return [$text, $bytes];
    }

    private function failure(int $code, CData $error): TransportError
    {
        $message = 'no message';
        if (!FFI::isNull($error)) {
            $text = $this->library->rubricator_error_message($error);
            $message = $text->size > 0 ? FFI::string($text->data, $text->size) : $message;
            $this->library->rubricator_error_free($error);
        }
        return new TransportError(self::REASONS[$code] ?? 'unknown', $message);
    }
}
