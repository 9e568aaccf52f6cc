<?php

declare(strict_types=1);

namespace Rubricator\Admin;

/** The suggested text for the site's privacy policy. */
final class Privacy
{
    public static function suggest(): void
    {
        $text = __(
            'Articles are classified by Rubricator, a server that the publisher runs. Title and text of an article are sent to '
                . 'that server and nowhere else. What readers do is not recorded. Of editors, their account number is kept '
                . 'with each label that they accepted, added or removed, and sent to that server as part of a correction.',
            'rubricator',
        );
        wp_add_privacy_policy_content('Rubricator', '<p>' . esc_html($text) . '</p>');
    }
}
