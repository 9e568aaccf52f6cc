<?php

// Makes the cases from PHP: over HTTP with curl alone, over gRPC by FFI to librubricator.
// usage: runner.php HEADER LIBRARY grpc|http ADDRESS CASES

declare(strict_types=1);

const TIMEOUT_SECONDS = 60;
const CODES = ['ok', 'cancelled', 'unknown', 'invalid_argument', 'deadline_exceeded', 'not_found', 'already_exists',
    'permission_denied', 'resource_exhausted', 'failed_precondition', 'aborted', 'out_of_range', 'unimplemented',
    'internal', 'unavailable', 'data_loss', 'unauthenticated'];

/** @return callable(string, string): array{string, string} "answer" or "error", and its JSON */
function overHttp(string $address): callable
{
    $curl = curl_init();
    return static function (string $method, string $request) use ($curl, $address): array {
        curl_setopt_array($curl, [
            CURLOPT_URL => "http://$address/$method",
            CURLOPT_POSTFIELDS => $request,
            CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Expect:'],
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => TIMEOUT_SECONDS,
        ]);
        $body = curl_exec($curl);
        if ($body === false) {
            throw new RuntimeException(curl_error($curl));
        }
        return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE) === 200 ? 'answer' : 'error', $body];
    };
}

/** @return callable(string, string): array{string, string} */
function overFfi(string $header, string $library, string $address): callable
{
    $ffi = FFI::cdef(file_get_contents($header), $library);
    $text = static function (string $value) use ($ffi): FFI\CData {
        $bytes = $ffi->new('char[' . max(1, strlen($value)) . ']', false);
        FFI::memcpy($bytes, $value, strlen($value));
        $result = $ffi->new('rubricator_text');
        $result->data = $ffi->cast('char*', $bytes);
        $result->size = strlen($value);
        return $result;
    };
    $string = static fn(FFI\CData $value): string => $value->size > 0 ? FFI::string($value->data, $value->size) : '';
    [$client, $error, $json] = [$ffi->new('rubricator_client*'), $ffi->new('rubricator_error*'), $ffi->new('rubricator_json*')];
    $ffi->rubricator_client_open($text($address), null, FFI::addr($client), FFI::addr($error));
    return static function (string $method, string $request) use ($ffi, $text, $string, $client, $error, $json): array {
        $milliseconds = TIMEOUT_SECONDS * 1000;
        if ($ffi->rubricator_call($client, $text($method), $text($request), $milliseconds, FFI::addr($json), FFI::addr($error)) === 0) {
            return ['answer', $string($ffi->rubricator_json_text($json))];
        }
        $failed = ['code' => CODES[$ffi->rubricator_error_code($error)],
            'message' => $string($ffi->rubricator_error_message($error)),
            'field' => $string($ffi->rubricator_error_field($error))];
        return ['error', json_encode($failed, JSON_THROW_ON_ERROR)];
    };
}

[, $header, $library, $transport, $address, $cases] = $argv;
$call = $transport === 'http' ? overHttp($address) : overFfi($header, $library, $address);
foreach (new SplFileObject($cases) as $line) {
    if ($line !== '') {
        $case = json_decode($line, flags: JSON_THROW_ON_ERROR);
        [$kind, $json] = $call($case->method, json_encode($case->request, JSON_THROW_ON_ERROR));
        echo '{"name": ', json_encode($case->name), ", \"$kind\": ", str_replace("\n", '', $json), "}\n";
    }
}
