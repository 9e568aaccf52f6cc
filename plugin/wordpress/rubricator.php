<?php

/**
 * Plugin Name:       Rubricator
 * Description:       Gives each article its topics, its countries and its desk. The text stays on your own machines.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      8.2
 * Author:            The Rubricator authors
 * License:           Apache-2.0
 * License URI:       https://www.apache.org/licenses/LICENSE-2.0
 * Text Domain:       rubricator
 * Domain Path:       /languages
 */

declare(strict_types=1);

defined('ABSPATH') || exit;

require __DIR__ . '/autoload.php';

Rubricator\Plugin::boot(__FILE__);
