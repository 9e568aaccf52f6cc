<?php

// A small stand-in for the wp command, which Debian has not: runs `wp rubricator SUBCOMMAND` inside the site of the tests.

define('WP_CLI', true);

final class WP_CLI
{
    public static array $commands = [];

    public static function add_command(string $name, string $class): void
    {
        self::$commands[$name] = $class;
    }

    public static function log(string $line): void
    {
        echo $line, "\n";
    }

    public static function success(string $line): void
    {
        echo "Success: $line\n";
    }

    public static function warning(string $line): void
    {
        fwrite(STDERR, "Warning: $line\n");
    }

    public static function error(string $line): never
    {
        fwrite(STDERR, "Error: $line\n");
        exit(1);
    }
}

require __DIR__ . '/wp_cli_output.php';
require getenv('WORDPRESS') . '/wp-load.php';

$arguments = [];
$options = [];
foreach (array_slice($argv, 2) as $word) {
    if (preg_match('/^--([\w-]+)(?:=(.*))?$/', $word, $found) === 1) {
        $options[$found[1]] = $found[2] ?? true;
    } else {
        $arguments[] = $word;
    }
}
(new WP_CLI::$commands['rubricator']())->{$argv[1]}($arguments, $options);
