<?php

declare(strict_types=1);

defined('WP_UNINSTALL_PLUGIN') || exit;

require __DIR__ . '/autoload.php';

Rubricator\Site\Installation::onEachSite(is_multisite(), [Rubricator\Site\Installation::class, 'uninstall']);
