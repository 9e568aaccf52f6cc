<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Site\Settings;

/** Who may see and decide what. */
final class Permission
{
    public static function mayEdit(int $postId): bool
    {
        return in_array(get_post_type($postId), Settings::load()->postTypes, true)
            && current_user_can('edit_post', $postId);
    }

    /** Accepting and rejecting is for the roles that the administrator chose, on posts that they may edit. */
    public static function mayDecide(int $postId): bool
    {
        $roles = (array) wp_get_current_user()->roles;
        return self::mayEdit($postId)
            && (is_super_admin() || array_intersect($roles, Settings::load()->deciders) !== []);
    }
}
